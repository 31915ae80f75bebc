// Tells what each case waits for, with the libraries as CommonJS.
require('./tell-waits.cjs').tell(require('./required.cjs').load());
