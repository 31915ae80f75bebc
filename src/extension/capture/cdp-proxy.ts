/** js-debug's way for others to speak with the process of a debug session. */
import * as vscode from 'vscode';

/** js-debug answers in 30 ms, and never for a session without a process of its own. */
const PROXY_MILLISECONDS = 2000;
const ANSWER_MILLISECONDS = 2000;

/** `ws://127.0.0.1:41234/…`. */
export async function cdpProxy(session: vscode.DebugSession): Promise<string | undefined> {
  const asked = vscode.commands.executeCommand('extension.js-debug.requestCDPProxy', session.id);
  const answer: unknown = await Promise.race([asked, elapsed(PROXY_MILLISECONDS)]);
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { host, port, path } = answer as { host?: unknown; port?: unknown; path?: unknown };
  if (typeof host !== 'string' || typeof port !== 'number') return undefined;
  return `ws://${host.includes(':') ? `[${host}]` : host}:${port}${typeof path === 'string' ? path : ''}`;
}

/**
 * Keeps js-debug's hands off our profiles. On Node 20 and 22 the agent samples by console profiles, which V8 also
 * takes for every other session that has its profiler enabled: js-debug's has. It would sample everything a second
 * time, and say so in the debug console. Where this does not work out, the recording is right all the same.
 */
export function disableProfiler(proxy: string): Promise<void> {
  const socket = new WebSocket(proxy);
  return new Promise(resolve => {
    const timer = setTimeout(() => socket.close(), ANSWER_MILLISECONDS);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    socket.addEventListener('open', () => socket.send(JSON.stringify({ id: 1, method: 'Profiler.disable' })));
    socket.addEventListener('message', () => socket.close());
    socket.addEventListener('error', end);
    socket.addEventListener('close', end);
  });
}

const elapsed = (milliseconds: number): Promise<undefined> =>
  new Promise(resolve => {
    setTimeout(() => resolve(undefined), milliseconds);
  });
