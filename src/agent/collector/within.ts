/** Waits for `work`, at most so long. */
export async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const timer: { current?: NodeJS.Timeout } = {};
  const timeout = new Promise<void>(resolve => (timer.current = setTimeout(resolve, milliseconds)));
  await Promise.race([work, timeout]);
  clearTimeout(timer.current);
}
