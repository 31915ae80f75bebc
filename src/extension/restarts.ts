const MOST_CRASHES = 4;
const WINDOW_MILLISECONDS = 180_000;

/** Whether a server that crashed at these times (milliseconds, ascending) is worth another start. */
export function mayRestart(crashes: readonly number[]): boolean {
  const last = crashes.at(-1) ?? 0;
  return crashes.filter(time => last - time < WINDOW_MILLISECONDS).length <= MOST_CRASHES;
}
