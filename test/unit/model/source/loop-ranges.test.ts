import { expect, test } from 'vitest';
import { scanFunctions } from '../../../../src/model/source/function-ranges.ts';
import { loopPlacement } from '../../../../src/model/source/script-positions.ts';

/** Line of the loop around each `$`, 0 where there is none. */
function loopsAt(text: string): number[] {
  const ranges = scanFunctions(text)!;
  return [...text.matchAll(/\$/g)].map(({ index }) => {
    const head = ranges.loopAround(index);
    return head < 0 ? 0 : ranges.lineOf(head);
  });
}

test.each<[string, readonly number[]]>([
  ['for (const a of $()) {\n  await $(a);\n}\n$();', [0, 1, 0]],
  ['for await (const a of all)\n  await $(a);\n$();', [1, 0]],
  ['while (more)\n  await $()\n$()', [1, 0]],
  ['do {\n  $();\n} while (more);\n$();', [1, 0]],
  ['for (;;)\n  for (;;) $();\n$();', [2, 0]],
  ['for (;;) {\n  $();\n  while (a) { $(); }\n  $();\n}', [1, 3, 1]],
  ['for (const a in b) try {\n  $();\n} catch {}\n$();', [1, 0]],
  ['if (a) { for (;;) $() } $()', [1, 0]],
  ['for (;;) {\n  later(() => $());\n  $(function () { $(); });\n}', [0, 1, 0]],
  ['const f = async () => {\n  while (a.some(b => { for (;;) { $(); } })) $();\n};', [2, 2]],
  ['async function f() {\n  for (let i = 0; i < 3; i++) p.push($(i));\n  return $();\n}', [2, 0]],
])('the loops of %j are those around each line', (text, lines) => {
  expect(loopsAt(text)).toEqual(lines);
});

test('places are those of the file, wherever its text begins', () => {
  const text = '\nfor (;;) {\n  ask();\n}';
  const script = {
    scriptId: '1',
    url: 'file:///a.js',
    startLine: 10,
    startColumn: 0,
    ranges: scanFunctions(text),
  };
  const loopOf = loopPlacement([script]);
  expect(loopOf({ file: '/a.js', line: 13, column: 3 })).toEqual({ file: '/a.js', line: 12 });
  expect(loopOf({ file: '/a.js', line: 11, column: 1 })).toBeUndefined();
  expect(loopOf({ file: '/a.js', line: 99, column: 1 })).toBeUndefined();
  expect(loopOf({ file: '/b.js', line: 13, column: 3 })).toBeUndefined();
});
