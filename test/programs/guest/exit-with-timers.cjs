setInterval(() => console.log('never'), 60_000);
setTimeout(() => {
  console.log('leaving');
  process.exit(3);
}, 50);
