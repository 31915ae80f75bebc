// Blocks its main thread in one synchronous loop for twenty seconds.
function blockingLoop(milliseconds) {
  const until = Date.now() + milliseconds;
  let sum = 0;
  while (Date.now() < until)
    for (let round = 0; round < 1e5; round++) sum += Math.sqrt(round);
  return sum;
}

process.stderr.write('blocking\n');
setTimeout(() => blockingLoop(20_000), 100);
