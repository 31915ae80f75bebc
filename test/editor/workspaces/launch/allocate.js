// Allocates for the milliseconds of its first argument, at work about half of the time; keeps a part of it for a while.
const end = Date.now() + Number(process.argv[2]);
const kept = [];

function allocate() {
  for (let i = 0; i < 20_000; i++) kept.push({ index: i, name: `product ${i}`, tags: [i, i + 1] });
  if (kept.length > 400_000) kept.length = 0;
  if (Date.now() < end) setTimeout(allocate, 5);
}

allocate();
