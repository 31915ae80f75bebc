/** js-debug's way for others to speak with the process of a debug session. */
import * as vscode from 'vscode';

/** js-debug answers in 30 ms, and never for a session without a process of its own. */
const PROXY_MILLISECONDS = 2000;

/** `ws://127.0.0.1:41234/…`. */
export async function cdpProxy(session: vscode.DebugSession): Promise<string | undefined> {
  const asked = vscode.commands.executeCommand('extension.js-debug.requestCDPProxy', session.id);
  const answer: unknown = await Promise.race([asked, elapsed(PROXY_MILLISECONDS)]);
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { host, port, path } = answer as { host?: unknown; port?: unknown; path?: unknown };
  if (typeof host !== 'string' || typeof port !== 'number') return undefined;
  return `ws://${host.includes(':') ? `[${host}]` : host}:${port}${typeof path === 'string' ? path : ''}`;
}

const elapsed = (milliseconds: number): Promise<undefined> =>
  new Promise(resolve => {
    setTimeout(() => resolve(undefined), milliseconds);
  });
