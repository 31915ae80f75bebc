import { frameKind } from '../../model/cpu/frame-kind.ts';
import type { Frame } from '../../model/cpu/profile.ts';
import { fileOf } from '../../model/source/source-url.ts';

/**
 * Whose time it is that a frame burns. `native`: functions without a file, of V8, C++ or WebAssembly.
 * `program`: V8 and native code outside any JavaScript function, and samples without a known stack.
 */
export type Owner =
  'own' | 'packages' | 'node' | 'native' | 'gc' | 'program' | 'idle' | 'notSampled' | 'slowcatch';

/** Time that the program did not burn, or of which nobody knows whether it did. */
export const isBurnt = (owner: Owner): boolean =>
  owner !== 'idle' && owner !== 'notSampled' && owner !== 'slowcatch';

/** What a user can open. */
export const OPENABLE: readonly Owner[] = ['own', 'packages'];

const NATIVE = /^(?:$|wasm:)/;
/** Code that is built into Node, Deno and Bun. */
const BUILT_IN = /^(?:node|ext|bun):/;
const PACKAGE = /[\\/]node_modules[\\/]/;

export const isOpenable = (owner: Owner): boolean => owner === 'own' || owner === 'packages';

/** In exported files the agent's place is `slowcatch:agent.cjs`: where it is installed is nobody's concern. */
const AGENT_SCHEME = 'slowcatch:';

/** Tells the owners of the frames of one thread. `agent` is the path of Slowcatch's agent in its process. */
export class FrameOwners {
  readonly #agent: string | undefined;
  /** By URL of the script, then by original file. */
  readonly #known = new Map<string, Map<string, Owner>>();

  constructor(agent: string | undefined) {
    this.#agent = agent === undefined ? undefined : withSlashes(agent);
  }

  /** `file` is where the frame's function stands in the sources: a bundle of the user's own holds packages too. */
  of(frame: Frame, file: string): Owner {
    const kind = frameKind(frame);
    if (kind !== 'function') return kind === 'root' ? 'program' : kind;
    const { url } = frame;
    let byFile = this.#known.get(url);
    if (byFile === undefined) this.#known.set(url, (byFile = new Map()));
    let owner = byFile.get(file);
    if (owner === undefined) byFile.set(file, (owner = this.#ownerOf(url, file)));
    return owner;
  }

  #ownerOf(url: string, file: string): Owner {
    if (NATIVE.test(url)) return 'native';
    if (BUILT_IN.test(url)) return 'node';
    if (url.startsWith(AGENT_SCHEME)) return 'slowcatch';
    if (this.#agent !== undefined && withSlashes(fileOf(url)) === this.#agent) return 'slowcatch';
    return isPackage(url) || isPackage(file) ? 'packages' : 'own';
  }
}

const isPackage = (file: string): boolean => PACKAGE.test(file);
const withSlashes = (file: string): string => file.replaceAll('\\', '/');

/** The agent's hooks stand between the program and its own work: what is below them is the program's. */
const HOOKS = new Set(['spawn', '_compile', 'apply', 'construct']);

/** Whether everything below this frame of the agent is Slowcatch's cost. */
export const isAgentWork = (frame: Pick<Frame, 'functionName'>): boolean => !HOOKS.has(frame.functionName);
