/** Prints what `trackMemoryLeaks` says of work that leaks, and of work that does not. */
import { trackMemoryLeaks } from '../../../../dist/api.mjs';

const sessions = new Map();
const recent = new Array(20);
let next = 0;

const leaking = await trackMemoryLeaks(
  () => {
    for (let at = 0; at < 60; at++) sessions.set(next, { user: next++, startedAt: at }); // leaks here
  },
  { operations: 60 },
);
const seen = [];
const clean = await trackMemoryLeaks(async tracker => {
  for (let epoch = 0; epoch < 4; epoch++) {
    for (let at = 0; at < 60; at++) recent[at % recent.length] = { user: next++, seenAt: at };
    await tracker.epoch();
  }
  seen.push(...(await tracker.getLeaks()));
});
console.log(JSON.stringify({ leaking, clean, seen }));
