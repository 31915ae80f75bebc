import { frameKind } from '../../model/cpu/frame-kind.ts';
import type { Frame } from '../../model/cpu/profile.ts';
import { fileOf } from '../../model/source/source-url.ts';

/** Whose time it is that a frame burns. */
export type Owner = 'own' | 'packages' | 'node' | 'native' | 'gc' | 'program' | 'idle' | 'slowcatch';

/** `native`: C++ functions called from JavaScript, which have no script. */
export function ownerOf(frame: Frame, agent: string | undefined): Owner {
  const kind = frameKind(frame);
  if (kind === 'gc' || kind === 'idle') return kind;
  if (kind !== 'function') return 'program';
  if (frame.url === '') return 'native';
  if (frame.url.startsWith('node:')) return 'node';
  if (agent !== undefined && sameFile(fileOf(frame.url), agent)) return 'slowcatch';
  return isPackage(frame.url) ? 'packages' : 'own';
}

/** Code that the user can change but did not write. */
export const isPackage = (file: string): boolean => /[\\/]node_modules[\\/]/.test(file);

const sameFile = (a: string, b: string): boolean => a.replaceAll('\\', '/') === b.replaceAll('\\', '/');

/** The agent's hooks stand between the program and its own work: what is below them is the program's. */
const HOOKS = new Set(['spawn', '_compile', 'apply', 'construct']);

/** Whether everything below the agent's frame is Slowcatch's cost. */
export const isAgentWork = (frame: Frame): boolean => !HOOKS.has(frame.functionName);
