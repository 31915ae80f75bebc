// 20 MB on the standard output, some on the standard error.
const line = `${'0123456789abcdef'.repeat(64)}\n`;
for (let count = 0; count < 20_000; count++) {
  process.stdout.write(line);
  if (count % 1000 === 0) console.error(`line ${count}`);
}
