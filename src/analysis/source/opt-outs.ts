/**
 * What the author does not want to hear of:
 * `// slowcatch-disable-next-line rule, rule -- reason`, `// slowcatch-disable-line …`, `// slowcatch-disable-file …`.
 * Without a rule it is of all.
 */
import type { SourceProgram } from './program.ts';

const COMMENT = /(?:\/\/|\/\*|\{\/\*)\s*slowcatch-disable-(next-line|line|file)\b[ \t]*([^\r\n]*)/g;

export class OptOuts {
  private readonly byLine = new Map<number, string[]>();
  private readonly ofFile: string[] = [];

  constructor(program: SourceProgram) {
    for (const { 1: where, 2: rest = '', index } of program.text.matchAll(COMMENT)) {
      const rules = rulesIn(rest);
      if (where === 'file') this.ofFile.push(...rules);
      else {
        const line = program.positionOf(index).line + (where === 'next-line' ? 1 : 0);
        this.byLine.set(line, [...(this.byLine.get(line) ?? []), ...rules]);
      }
    }
  }

  has(rule: string, line: number): boolean {
    return [...this.ofFile, ...(this.byLine.get(line) ?? [])].some(each => each === rule || each === ALL);
  }
}

const ALL = '*';

function rulesIn(rest: string): string[] {
  const [names = ''] = rest.replace(/\*\/.*$/, '').split(/\s--(?:\s|$)|^--/);
  const rules = names.split(/[\s,]+/).filter(name => name !== '');
  return rules.length > 0 ? rules : [ALL];
}
