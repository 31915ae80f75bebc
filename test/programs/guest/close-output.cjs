// Closes its standard output and error, then goes on.
const fs = require('node:fs');
console.log('before');
console.error('before');
setTimeout(() => {
  fs.closeSync(1);
  fs.closeSync(2);
}, 100);
setTimeout(() => process.exit(4), 400);
