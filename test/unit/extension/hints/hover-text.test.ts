import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LineHint } from '../../../../src/contracts/views/recording.ts';
import type { RecordingEntry } from '../../../../src/contracts/recording-entry.ts';
import { hoverText } from '../../../../src/extension/hints/hover-text.ts';
import type { ShownHint } from '../../../../src/extension/hints/hinted-document.ts';
import { commandLink, escapeMarkdown } from '../../../../src/extension/hints/markdown.ts';

const entry: RecordingEntry = {
  id: 'r1',
  name: 'shop [x](command:evil)',
  startedAt: '2026-11-23T10:00:00.000Z',
  durationMilliseconds: 10_000,
  isPinned: false,
  cwd: '/w',
  state: 'saved',
  bytes: 1000,
  folder: '/r/r1',
};
const NOW = Date.parse('2026-11-23T10:05:00.000Z');

const view = { entry, metric: 'cpu' } as const;

const shown = (hint: LineHint, state: Partial<ShownHint> = {}): ShownHint => ({
  hint,
  line: 0,
  text: hint.text,
  isStale: false,
  isEdited: false,
  fileState: 'recorded',
  ...state,
});

const line: LineHint = {
  line: 1,
  text: '31 % self',
  share: 0.31,
  heat: 4,
  self: { share: '31 %', amount: '3.30 s' },
  functions: [],
};

describe('the hover of a hint', () => {
  test('tells what is never let go, who holds it, and opens its report', () => {
    const leaks = [{ key: 'k', growth: 'Cart: 1.00 per request', holder: 'Map carts', stack: [] }];
    const text = hoverText(shown({ ...line, leaks }), view, NOW, '/w/a.ts');
    expect(text).toContain(String.raw`**Cart\: 1\.00 per request**`);
    expect(text).toContain('Held by Map carts');
    expect(text).toContain('[Open leak report](command:slowcatch.openLeakReport?');
  });

  test('shows times, samples with their margin, callers and callees as links, and the recording with its age', () => {
    const hint: LineHint = {
      ...line,
      functions: [
        {
          name: 'rank<T>',
          self: { share: '31 %', amount: '3.30 s', samples: 1240, ratio: 0.36 },
          total: { share: '38 %', amount: '4.10 s' },
          callers: [{ name: 'main', share: '100 %', place: { file: '/a (1)/m.ts', line: 3 } }],
          callees: [{ name: 'sort', share: '12 %' }],
        },
      ],
    };
    expect(hoverText(shown(hint), view, NOW, '/w/a.ts')).toBe(
      String.raw`**rank\<T\>**

| | &nbsp;&nbsp;Share | &nbsp;&nbsp;CPU time | &nbsp;&nbsp;Samples ± 95 % |
|:--|--:|--:|--:|
| Total | 38 \% | 4\.10 s |  |
| Self | 31 \% | 3\.30 s | 1,240 ± 56 |

Called by [main](command:slowcatch.openPlace?%5B%7B%22file%22%3A%22%2Fa%20%281%29%2Fm.ts%22%2C%22line%22%3A3%7D%5D) 100 \%

Calls sort 12 \%

[Show in flamegraph](command:slowcatch.focusFunction?%5B%7B%22file%22%3A%22%2Fw%2Fa.ts%22%2C%22line%22%3A1%2C%22name%22%3A%22rank%3CT%3E%22%7D%5D)

**This line**

| | &nbsp;&nbsp;Share | &nbsp;&nbsp;CPU time | &nbsp;&nbsp;Samples ± 95 % |
|:--|--:|--:|--:|
| Self | 31 \% | 3\.30 s |  |

shop \[x\]\(command\:evil\), recorded 5 min ago

[Hide hints](command:slowcatch.toggleHints) · [Go to hottest line](command:slowcatch.hottestLine)`,
    );
  });

  test('says that its numbers are of a stretch of the recording only', () => {
    const range = { startMicroseconds: 2.1e6, endMicroseconds: 5e6, text: '2.1 – 5.0 s of 12 s' };
    const text = hoverText(
      shown({ line: 1, text: '', share: 1, heat: 1, functions: [] }),
      { ...view, range },
      NOW,
      '/w/a.ts',
    );
    expect(text.replaceAll('\\', '')).toContain(', only 2.1 – 5.0 s of 12 s, recorded ');
  });

  test('of memory speaks of bytes, and says whose those of inlined functions are', () => {
    const held: LineHint = {
      ...{ line: 1, text: '12.4 MB still held · 38 %', share: 0.38, heat: 4 },
      functions: [
        {
          name: 'remember',
          self: { share: '38 %', amount: '12.4 MB', samples: 95, ratio: 0.38 },
          total: { share: '38 %', amount: '12.4 MB' },
          ...{ callers: [], callees: [] },
        },
      ],
    };
    const text = hoverText(shown(held), { entry, metric: 'live' }, NOW, '/w/a.ts');
    expect(text).toContain(String.raw`| Self | 38 \% | 12\.4 MB | 95 ± 16 |`);
    expect(text).toContain('Still held');
    expect(text).toContain('What an inlined function allocates counts for its caller.');
    expect(text).not.toContain('CPU');
  });

  test('says that the line or the file is not what was recorded', () => {
    expect(hoverText(shown(line, { isEdited: true }), view, NOW, '/w/a.ts')).toContain(
      'This line was edited',
    );
    expect(hoverText(shown(line, { fileState: 'changed' }), view, NOW, '/w/a.ts')).toContain(
      'The file has changed',
    );
    expect(hoverText(shown(line, { fileState: 'unknown' }), view, NOW, '/w/a.ts')).toContain(
      'It is not known whether',
    );
  });
});

describe('untrusted text in Markdown', () => {
  test.each([
    ['[click](command:workbench.action.quit)', String.raw`\[click\]\(command\:workbench\.action\.quit\)`],
    ['https://evil.example', String.raw`https\:\/\/evil\.example`],
    ['$(flame) <img src=x> &amp;', String.raw`\$\(flame\) \<img src\=x\> \&amp\;`],
    ['a\n# b', String.raw`a\\x0a\# b`],
    ['a\u202Eb', String.raw`a\\u202eb`],
  ])('%j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'[]()`*_<>|\\\n:/ ab') }),
  );

  test('has no punctuation that means anything, and is one line', () => {
    fc.assert(
      fc.property(anyText, text => {
        const escaped = escapeMarkdown(text);
        expect(escaped.replaceAll(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[!-/:-@[-`{-~\n\r]/);
      }),
    );
  });

  test('as an argument of a link it neither ends the link nor is lost', () => {
    fc.assert(
      fc.property(fc.string(), file => {
        const link = commandLink('x', 'do', { file });
        const [, query = ''] = /^\[x\]\(command:do\?([\w%.-]*)\)$/.exec(link) ?? [];
        expect(JSON.parse(decodeURIComponent(query))).toEqual([{ file }]);
      }),
    );
  });
});

test('a hover names the routes that are slow by the line, each with a link to its slowest operation', () => {
  const name = 'GET /a|b](command:evil)';
  const operations = [
    { name, p95: '412 ms', share: '38 %', waits: '120 ms on pool', slowest: 'p1-t0:3' },
    { name: 'sum', p95: '112 ms', share: '20 %', cpu: '12.0 ms' },
  ];
  const text = hoverText(shown({ ...line, operations }), view, NOW, '/w/a.js');
  const link = commandLink(name, 'slowcatch.openOperation', { id: 'r1', key: 'p1-t0:3', name });
  expect(text).toContain(`| ${link} | 38 ${escapeMarkdown('%')} |  | 120 ms on pool | 412 ms |`);
  expect(text).toContain('| sum | 20 \\% | 12\\.0 ms |  | 112 ms |');
});
