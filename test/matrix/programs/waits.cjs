// Tells what each case waits for, with the libraries as CommonJS.
const libraries = require('./required.cjs').load();
// Unless it does already: as in a program that is attached to.
globalThis.followed.start();
require('./tell-waits.cjs').tell(libraries);
