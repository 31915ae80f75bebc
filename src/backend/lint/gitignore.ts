/** The usual patterns of .gitignore: names, folders, `*`, `**`, `?`, `!`, anchored or not. Sets of characters are left out. */

interface Pattern {
  readonly expression: RegExp;
  readonly isNegated: boolean;
  readonly onlyFolders: boolean;
}

export class GitIgnore {
  private readonly patterns: readonly Pattern[];

  /** `folder` is where the file lies, absolute, with forward slashes. */
  constructor(
    private readonly folder: string,
    text: string,
  ) {
    this.patterns = text.split(/\r?\n/).flatMap(patternOf);
  }

  /** Undefined: it says nothing of this path, which is absolute. */
  ignores(path: string, isFolder: boolean): boolean | undefined {
    const relative = path.slice(this.folder.length + 1);
    const found = this.patterns.findLast(
      ({ expression, onlyFolders }) => (isFolder || !onlyFolders) && expression.test(relative),
    );
    return found && !found.isNegated;
  }
}

function patternOf(line: string): Pattern[] {
  const text = line.trimEnd();
  if (text === '' || text.startsWith('#') || /[[\]\\]/.test(text)) return [];
  const isNegated = text.startsWith('!');
  const onlyFolders = text.endsWith('/');
  const body = text.slice(isNegated ? 1 : 0, onlyFolders ? -1 : undefined);
  const isAnchored = body.includes('/');
  const source = body
    .replace(/^\//, '')
    .split(/(\*\*\/|\/\*\*$|\*|\?)/)
    .map(part => WILDCARDS[part] ?? part.replaceAll(/[.+^${}()|]/g, String.raw`\$&`))
    .join('');
  return [{ expression: new RegExp(`^${isAnchored ? '' : '(?:.*/)?'}${source}$`), isNegated, onlyFolders }];
}

const WILDCARDS: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '/**': '/.*',
  '*': '[^/]*',
  '?': '[^/]',
};
