/** Names of the suites that mostly start programs and wait for them. */
export const CAPTURING: ReadonlySet<string> = new Set([
  ...['attach', 'bad-launch', 'crash', 'first-minute', 'giving-up', 'going-on'],
  ...['launch', 'launch-shop', 'multi-root', 'no-debugger'],
]);
