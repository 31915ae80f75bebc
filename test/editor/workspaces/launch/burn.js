// Burns CPU for the milliseconds of its first argument, then ends; `wait` as the second keeps it running.
const [milliseconds, then] = process.argv.slice(2);
const end = Date.now() + Number(milliseconds);

function burn() {
  let sum = 0;
  while (Date.now() < end) for (let i = 0; i < 100_000; i++) sum += Math.sqrt(i);
  return sum;
}

console.log(
  `burnt ${burn() > 0}, NODE_OPTIONS of the file: ${/max-http-header-size=9999/.test(process.env.NODE_OPTIONS)}`,
);
if (then === 'wait') setInterval(() => {}, 1000);
