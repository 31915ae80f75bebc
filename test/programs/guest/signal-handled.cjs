// Sends itself the signal it is given, twice, and takes it.
const timer = setInterval(() => {}, 60_000);
let count = 0;
process.on(process.argv[2], signal => {
  console.log(`took ${signal}`);
  if (++count === 2) clearInterval(timer);
  else process.kill(process.pid, signal);
});
process.on('exit', code => console.log(`exit ${code}`));
setTimeout(() => process.kill(process.pid, process.argv[2]), 50);
