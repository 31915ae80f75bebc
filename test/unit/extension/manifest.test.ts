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
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly title: string;
        readonly description: string;
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
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
    const { commands, viewsWelcome, configuration, walkthroughs } = contributes;
    const steps = walkthroughs.flatMap(walkthrough => walkthrough.steps);
    const seen = [
      ...steps.flatMap(({ title, description, media }) => [title, description, media.altText]),
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

test('every command that texts link to is ours, or VS Code’s own', () => {
  const linked = Object.values(words).flatMap(each => [...each.matchAll(/\(command:([\w.]+)/g)]);
  const unknown = linked
    .map(([, command = '']) => command)
    .filter(command => !command.startsWith('workbench.'))
    .filter(command => !contributes.commands.some(known => known.command === command));
  expect(unknown).toEqual([]);
});

describe('the walkthrough', () => {
  const { steps } = contributes.walkthroughs[0]!;

  test('has four steps, each done by a command of ours', () => {
    expect(steps).toHaveLength(4);
    const known = new Set(contributes.commands.map(({ command }) => `onCommand:${command}`));
    for (const { completionEvents } of steps) {
      expect(completionEvents).not.toEqual([]);
      expect(completionEvents.filter(event => !known.has(event))).toEqual([]);
    }
  });

  test('has pictures in the colours of the theme alone', () => {
    for (const { media } of steps) {
      const picture = readFileSync(path.join(ROOT, media.svg), 'utf8');
      const colours = [...picture.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour = '']) => colour);
      expect(colours.filter(colour => colour !== 'none' && !colour.startsWith('var(--vscode-'))).toEqual([]);
    }
  });
});
