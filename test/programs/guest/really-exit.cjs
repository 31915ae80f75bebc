// Exits without an 'exit' event.
process.on('exit', () => console.log('never'));
setTimeout(() => process.reallyExit(4), 300);
