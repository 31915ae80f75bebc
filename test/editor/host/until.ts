const LIMIT_MILLISECONDS = 30_000;
const PAUSE_MILLISECONDS = 50;

/** Asks again until the answer is there (neither undefined, null nor false). Rejects with `what` after 30 s. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  limitMilliseconds = LIMIT_MILLISECONDS,
): Promise<T> {
  const end = Date.now() + limitMilliseconds;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    await new Promise(resolve => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
  throw new Error(`waited ${limitMilliseconds} ms in vain: ${what}`);
}
