/** Clears its timeout when the work is done. */
export const truth = { why: 'timers that are cleared' };

export async function operation(n) {
  const work = { id: n, steps: Array.from({ length: 5 }, (_, at) => ({ at })) };
  const timer = setTimeout(() => (work.isLate = true), 60_000);
  await Promise.resolve();
  clearTimeout(timer);
}
