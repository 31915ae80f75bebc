import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const text = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
const words = JSON.parse(readFileSync(path.join(ROOT, 'package.nls.json'), 'utf8')) as Record<string, string>;

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly { readonly command: string; readonly when: string }[];
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly when: string;
      readonly contents: string;
    }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { markdownDescription: string }>>;
    };
  };
}
const { contributes } = JSON.parse(text) as Manifest;

/** Of the few clauses that are used here: names joined by `&&`, some with `!`. */
const holds = (when: string, keys: Readonly<Record<string, boolean>>): boolean =>
  when.split('&&').every(part => {
    const [, not, key = ''] = /^\s*(!?)(\w+)\s*$/.exec(part) ?? [];
    expect(keys).toHaveProperty(key);
    return keys[key] !== (not === '!');
  });

describe('the words of the manifest', () => {
  test('stand in package.nls.json, all of them and no others', () => {
    const used = [...text.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    expect(used.toSorted()).toEqual(Object.keys(words).toSorted());
  });

  test('can be translated wherever a user sees them', () => {
    const { commands, viewsWelcome, configuration } = contributes;
    const seen = [
      ...commands.map(({ title }) => title),
      ...viewsWelcome.map(({ contents }) => contents),
      ...Object.values(configuration.properties).map(({ markdownDescription }) => markdownDescription),
    ];
    expect(seen.filter(each => !/^%[\w.]+%$/.test(each))).toEqual([]);
  });
});

describe('the empty view', () => {
  test.each([
    [true, false, /Profile Current Launch Configuration/],
    [true, true, /not on a disk/],
    [false, false, /needs a trusted workspace/],
    [false, true, /needs a trusted workspace/],
  ])('trusted: %s, virtual: %s', (isWorkspaceTrusted, virtualWorkspace, expected) => {
    const shown = contributes.viewsWelcome
      .filter(({ view }) => view === 'slowcatch.view')
      .filter(({ when }) => holds(when, { isWorkspaceTrusted, virtualWorkspace }));
    expect(shown).toHaveLength(1);
    expect(words[shown[0]!.contents.replaceAll('%', '')]).toMatch(expected);
  });
});

test('keys act in our view alone, not while something is typed', () => {
  for (const { when } of contributes.keybindings) {
    expect(when).toContain('focusedView == slowcatch.view');
    expect(when).toContain('!inputFocus');
  }
});
