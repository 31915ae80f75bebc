import { once } from 'node:events';

/**
 * Tells our parent where the server is, holds it until the parent closes our standard input or we are told to end, and
 * ends it. Never returns while the server runs.
 * @param {string | undefined} url
 * @param {() => Promise<void>} end
 */
export async function keepUntilLeft(url, end) {
  const left = [once(process.stdin, 'end'), once(process.stdin, 'close')];
  const told = [once(process, 'SIGTERM'), once(process, 'SIGINT'), once(process, 'SIGHUP')];
  // A parent that is gone already does not read what we write.
  process.stdout.on('error', () => process.stdin.destroy());
  process.stdin.resume();
  process.stdout.write(`${JSON.stringify({ url })}\n`);
  await Promise.race([...left, ...told]);
  await end();
  process.exit(0);
}
