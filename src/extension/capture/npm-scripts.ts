/** What a package.json offers to start. Pure. */

/** The usual names of what runs a program, the likeliest first. */
const USUAL = ['start', 'dev', 'serve', 'develop', 'watch', 'debug'];

/** npm runs these by itself; they start no program. */
const LIFECYCLE = new Set([
  ...['preinstall', 'install', 'postinstall', 'prepare', 'prepack', 'postpack'],
  ...['prepublish', 'prepublishOnly', 'publish', 'postpublish', 'preversion', 'version', 'postversion'],
]);

/** Names of the scripts, those that usually run the program first. An unreadable package.json has none. */
export function npmScripts(packageJson: string): readonly string[] {
  const scripts = scriptsOf(packageJson);
  const names = scripts.filter(name => !isHook(name, scripts));
  const rank = (name: string): number => {
    const found = USUAL.findIndex(usual => name === usual || name.startsWith(`${usual}:`));
    return found === -1 ? USUAL.length : found;
  };
  return names.sort((one, other) => rank(one) - rank(other));
}

/** `prebuild` is npm's hook where there is a `build`; `preview` is a script like any other. */
function isHook(name: string, scripts: readonly string[]): boolean {
  const hooked = /^(?:pre|post)(.+)/.exec(name)?.[1];
  return LIFECYCLE.has(name) || (hooked !== undefined && scripts.includes(hooked));
}

function scriptsOf(packageJson: string): string[] {
  const content = parsed(packageJson);
  if (typeof content !== 'object' || content === null || !('scripts' in content)) return [];
  const { scripts } = content;
  if (typeof scripts !== 'object' || scripts === null) return [];
  return Object.entries(scripts).flatMap(([name, command]) => (typeof command === 'string' ? [name] : []));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A package.json that is just being edited: there is nothing to offer from it.
    return undefined;
  }
}

/** The package manager that a folder's lock file belongs to. */
export function packageManager(files: readonly string[]): 'npm' | 'pnpm' | 'yarn' {
  if (files.includes('pnpm-lock.yaml')) return 'pnpm';
  if (files.includes('yarn.lock')) return 'yarn';
  return 'npm';
}
