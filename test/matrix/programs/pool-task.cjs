// A task of a pool of threads: waits for so many milliseconds.
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
module.exports = wait;
module.exports.named = wait;
