import { array, assert, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeFrames, withWholeTimes } from '../../../../src/agent/collector/direct-profile.ts';

/** As V8's `v8.startCpuProfile` writes it: names and URLs as they are. */
const profile = (frames: readonly { name: string; url: string }[]): string =>
  `{"nodes":[${frames
    .map(
      ({ name, url }, index) =>
        `{"id":${index + 1},"hitCount":0,"callFrame":{"functionName":"${name}","lineNumber":-1,"columnNumber":4,` +
        `"scriptId":${index},"url":"${url}"}${index % 2 === 0 ? `,"children":[${index + 2}]` : ''}}`,
    )
    .join(',')}],"startTime":1,"endTime":2,"samples":[1],"timeDeltas":[1]}`;

interface Parsed {
  readonly nodes: readonly { readonly callFrame: { readonly functionName: string; readonly url: string } }[];
}

const frames = (text: string): { name: string; url: string }[] =>
  (JSON.parse(text) as Parsed).nodes.map(({ callFrame }) => ({
    name: callFrame.functionName,
    url: callFrame.url,
  }));

describe('the text of a direct profile', () => {
  test.each([
    ['a regular expression', 'RegExp: \\s+(\\/|"x")$', ''],
    ['a regular expression that reads like JSON', 'RegExp: \\b\\u0041', ''],
    ['a Windows path', 'main', 'C:\\new\\table\\app.js'],
    ['a quoted method name', 'say "hi"', 'file:///a.js'],
    ['line breaks and control characters', 'a\nb\u0000c', '/a\tb.js'],
    ['text beyond ASCII', 'größe ☃ 𝒳', '/ä/𝒳.js'],
  ])('is valid JSON with %s', (_, name, url) => {
    const given = [
      { name: 'before', url: '/b.js' },
      { name, url },
      { name: '', url: '' },
    ];
    expect(frames(escapeFrames(profile(given)))).toEqual(given);
  });

  test('stays as it is when nothing needs escaping', () => {
    const text = profile([{ name: 'plain', url: 'node:fs' }]);
    expect(escapeFrames(text)).toBe(text);
  });

  test('keeps every name that does not imitate the form of a frame', () => {
    const name = string({ unit: 'binary', maxLength: 12 }).filter(text => !text.includes('","'));
    const url = string({ unit: 'binary', maxLength: 12 }).filter(text => !text.includes('"}'));
    assert(
      property(array(record({ name, url }, { noNullPrototype: true }), { maxLength: 6 }), given => {
        expect(frames(escapeFrames(profile(given)))).toEqual(given);
      }),
    );
  });
});

describe('the times of a direct profile', () => {
  const times = (text: string) => {
    const { startTime, endTime } = JSON.parse(text) as { startTime: number; endTime: number };
    return [startTime, endTime];
  };
  const wrapped = (start: number, end: number): string =>
    profile([{ name: 'a', url: '/a.js' }]).replace(
      '"startTime":1,"endTime":2',
      `"startTime":${start % 2 ** 32},"endTime":${end % 2 ** 32}`,
    );

  test.each([
    ['soon after the machine was started', 5e6, 6e6],
    ['after hours', 24_573_553_499, 24_574_653_499],
    ['over the moment when 32 bits are full', 5 * 2 ** 32 - 10, 5 * 2 ** 32 + 990_000],
  ])('are whole %s', (_, start, end) => {
    expect(times(withWholeTimes(wrapped(start, end), end + 3000))).toEqual([start, end]);
    expect(times(withWholeTimes(wrapped(start, end), end))).toEqual([start, end]);
  });

  test('are not looked for in names', () => {
    const text = profile([{ name: '"startTime":7,"endTime":8', url: '' }]);
    expect(times(withWholeTimes(escapeFrames(text), 2 ** 33 + 2))).toEqual([2 ** 33 + 1, 2 ** 33 + 2]);
    expect(frames(withWholeTimes(escapeFrames(text), 2 ** 33 + 2))).toEqual(frames(escapeFrames(text)));
  });

  test('stay as they are where there are none', () => {
    expect(withWholeTimes('{"nodes":[]}', 5)).toBe('{"nodes":[]}');
  });
});
