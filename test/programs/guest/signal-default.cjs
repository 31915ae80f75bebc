// Sends itself the signal it is given.
setInterval(() => {}, 60_000);
process.on('exit', () => console.log('no exit event on a signal'));
setTimeout(() => process.kill(process.pid, process.argv[2]), 50);
