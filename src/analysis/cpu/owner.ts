import { frameKind } from '../../model/cpu/frame-kind.ts';
import type { Frame } from '../../model/cpu/profile.ts';
import { fileOf } from '../../model/source/source-url.ts';

/**
 * Whose time it is that a frame burns. `native`: functions without a file, of V8, C++ or WebAssembly.
 * `program`: V8 and native code outside any JavaScript function, and samples without a known stack.
 */
export type Owner = 'own' | 'packages' | 'node' | 'native' | 'gc' | 'program' | 'idle' | 'slowcatch';

/** What a user can open and change. */
export const OPENABLE: readonly Owner[] = ['own', 'packages'];

const NATIVE = /^(?:$|wasm:)/;
const PACKAGE = /[\\/]node_modules[\\/]/;

/**
 * `file` is where the frame's function stands in the sources: a bundle of the user's own holds packages too.
 * `agent` is the path of Slowcatch's agent.
 */
export function ownerOf(frame: Frame, file: string, agent: string | undefined): Owner {
  const kind = frameKind(frame);
  if (kind !== 'function') return kind === 'root' ? 'program' : kind;
  if (NATIVE.test(frame.url)) return 'native';
  if (frame.url.startsWith('node:')) return 'node';
  if (agent !== undefined && withSlashes(fileOf(frame.url)) === withSlashes(agent)) return 'slowcatch';
  return PACKAGE.test(file) || PACKAGE.test(frame.url) ? 'packages' : 'own';
}

const withSlashes = (file: string): string => file.replaceAll('\\', '/');

/** The agent's hooks stand between the program and its own work: what is below them is the program's. */
const HOOKS = new Set(['spawn', '_compile', 'apply', 'construct']);

/** Whether everything below this frame of the agent is Slowcatch's cost. */
export const isAgentWork = (frame: Frame): boolean => !HOOKS.has(frame.functionName);
