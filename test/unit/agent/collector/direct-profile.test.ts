import { array, assert, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeFrames } from '../../../../src/agent/collector/direct-profile.ts';

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
