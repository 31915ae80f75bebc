/**
 * Debuggers' own way to a process: js-debug's CDP proxy. All its clients share one session with the debugger, so it
 * is only asked for the address of the process's inspector, which takes sessions of its own.
 */
import { UserError } from '../../contracts/user-error.ts';
import { resolveHost } from './inspector-http.ts';
import { InspectorSession } from './inspector-session.ts';
import { parseTarget } from './target.ts';

const TIMEOUT_MILLISECONDS = 5000;

/** `proxy` is `ws://127.0.0.1:port/path`; answers the `ws://` address of the inspector. Throws `attach-no-inspector-url`. */
export async function inspectorBehind(proxy: string): Promise<string> {
  const target = parseTarget(proxy);
  if (target.kind !== 'session') throw new UserError('attach-target', { target: proxy });
  const session = await InspectorSession.open(await resolveHost(target.address), target.path);
  try {
    const expression = `(process.getBuiltinModule || require)('inspector').url()`;
    const url = await session.evaluate<string | undefined>(expression, TIMEOUT_MILLISECONDS, true);
    if (typeof url !== 'string') throw new UserError('attach-no-inspector-url');
    return url;
  } finally {
    await session.close();
  }
}
