/** Recordings and profiles that are damaged or foreign: what can be read is shown, the rest is named; else refused. */
import { cpSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  MANIFEST_FILE,
  RUNTIME_FILE,
  SCRIPTS_FILE,
  SOURCES_FOLDER,
} from '../../src/contracts/recording-files.ts';
import { analyzed, expectHarmless, NOT_RUN, refusal, WORK } from './bad-world.ts';
import { slowcatch, temporaryFolders } from './cli.ts';
import { NODES } from './node-matrix.ts';

const NEWEST = NODES.at(-1)!;
const temporaryFolder = temporaryFolders();
const newFolder = (): string => path.join(temporaryFolder(), 'recording');

describe('a damaged recording', () => {
  let whole = '';
  beforeAll(async () => {
    whole = newFolder();
    await slowcatch(['run', '--out', whole, '--', NEWEST.binary, WORK, '1000']);
  });
  afterAll(() => rmSync(whole, { recursive: true }));

  /** A copy to damage, with its only thread's folder and segments. */
  function copy(): { folder: string; thread: string; segments: readonly [string, ...string[]] } {
    const folder = newFolder();
    cpSync(whole, folder, { recursive: true });
    const name = readdirSync(folder).find(entry => entry.endsWith('-t0')) ?? '';
    const thread = path.join(folder, name);
    const [first = '', ...others] = readdirSync(thread)
      .filter(file => file.endsWith('.gz'))
      .map(file => path.join(thread, file));
    return { folder, thread, segments: [first, ...others] };
  }

  const half = (file: string): void => truncateSync(file, Math.floor(readFileSync(file).length / 2));

  test('without a whole segment shows the others and names it', async () => {
    const { folder, segments } = copy();
    expect(segments.length).toBeGreaterThan(1);
    half(segments[0]);
    const { hotFunctions, problems } = await analyzed(folder);
    expect(hotFunctions[0]).toMatchObject({ name: 'hotWork', file: WORK });
    expect(problems).toEqual([
      expect.objectContaining({ code: 'segment-damaged', message: expect.stringContaining(segments[0]) }),
    ]);
  });

  test('with a segment that is none shows the others and names it', async () => {
    const { folder, segments } = copy();
    writeFileSync(segments[0], 'no gzip');
    const { hotFunctions, problems } = await analyzed(folder);
    expect(hotFunctions[0]).toMatchObject({ name: 'hotWork', file: WORK });
    expect(problems.map(({ code }) => code)).toEqual(['segment-damaged']);
  });

  test('whose records end in the middle of a line opens', async () => {
    const { folder, thread } = copy();
    for (const name of [RUNTIME_FILE, SCRIPTS_FILE]) {
      const file = path.join(thread, name);
      truncateSync(file, readFileSync(file).length - 20);
    }
    expect((await analyzed(folder)).hotFunctions[0]).toMatchObject({ name: 'hotWork', file: WORK });
  });

  test('without the texts of its scripts opens', async () => {
    const { folder } = copy();
    rmSync(path.join(folder, SOURCES_FOLDER), { recursive: true });
    expect((await analyzed(folder)).hotFunctions[0]).toMatchObject({ name: 'hotWork', file: WORK });
  });

  test.each([
    { damage: 'without a manifest', apply: (file: string) => rmSync(file) },
    { damage: 'with half a manifest', apply: half },
    { damage: 'of another version', apply: (file: string) => writeFileSync(file, '{"version":99}') },
    { damage: 'with an empty manifest', apply: (file: string) => writeFileSync(file, '') },
  ])('$damage is refused', async ({ apply }) => {
    const { folder } = copy();
    apply(path.join(folder, MANIFEST_FILE));
    const ended = await slowcatch(['analyze', folder]);
    expect(ended).toMatchObject({ code: NOT_RUN, stdout: '' });
    expect(ended.stderr).toMatch(/^slowcatch: This is not a readable recording: .*\n {2}Give the folder/);
  });
});

/** A profile as Chrome writes it: 100 samples in one function of a script that is not here. */
function foreignProfile(functionName: string, url: string): string {
  const root = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };
  const hot = { functionName, scriptId: '7', url, lineNumber: 11, columnNumber: 4 };
  const ticks = [{ line: 13, ticks: 100 }];
  return JSON.stringify({
    nodes: [
      { id: 1, callFrame: root, hitCount: 0, children: [2] },
      { id: 2, callFrame: hot, hitCount: 100, positionTicks: ticks },
    ],
    startTime: 1000,
    endTime: 101_000,
    samples: Array.from({ length: 100 }, () => 2),
    timeDeltas: Array.from({ length: 100 }, () => 1000),
  });
}

describe('a .cpuprofile', () => {
  function profile(text: string): string {
    const file = path.join(temporaryFolder(), 'some.cpuprofile');
    writeFileSync(file, text);
    return file;
  }

  test.each([
    { what: 'is empty', text: '' },
    { what: 'is blank', text: ' \n' },
    { what: 'is no JSON', text: '<html>' },
    { what: 'is other JSON', text: '{"nodes":"none"}' },
    { what: 'is null', text: 'null' },
    {
      what: 'ends before its first node',
      text: foreignProfile('render', 'https://example.com/app.js').slice(0, 40),
    },
  ])('that $what is refused', async ({ text }) => {
    const ended = await slowcatch(['analyze', profile(text)]);
    expect(ended).toMatchObject({ code: NOT_RUN, stdout: '' });
    expect(ended.stderr).toMatch(
      /^slowcatch: (This is not a readable profile: |The profile holds no samples: |.* is a page or a picture)/,
    );
  });

  test('that is not there is refused', async () => {
    const file = path.join(temporaryFolder(), 'none.cpuprofile');
    expect(await slowcatch(['analyze', file])).toMatchObject(
      refusal('file-not-readable', { file, reason: 'ENOENT' }),
    );
  });

  test('of a browser is shown, marked as not repaired', async () => {
    const url = 'https://example.com/app.js';
    const { hotFunctions, hotLines, problems } = await analyzed(profile(foreignProfile('render', url)));
    expect(hotFunctions[0]).toMatchObject({ name: 'render', file: url, line: 12 });
    expect(hotLines[0]).toMatchObject({ file: url, line: 13 });
    expect(problems.map(({ code }) => code)).toContain('profile-not-repaired');
  });

  test('cut off among its samples is shown as far as it goes', async () => {
    const text = foreignProfile('render', 'https://example.com/app.js');
    const { hotFunctions, problems } = await analyzed(
      profile(text.slice(0, text.indexOf('"timeDeltas"') - 60)),
    );
    expect(hotFunctions[0]).toMatchObject({ name: 'render' });
    expect(problems.map(({ code }) => code)).toContain('profile-damaged');
  });

  test('with names that act on a terminal prints none of them', async () => {
    const evil = '\u001b[2J\u009b31m\u0007hot\u202e';
    const file = profile(foreignProfile(evil, `https://example.com/${evil}.js`));
    const report = path.join(temporaryFolder(), 'report.md');
    const text = await slowcatch(['analyze', '--md', report, file]);
    expect(text.code).toBe(0);
    expect(text.stdout).toContain('\\x1b[2J');
    expectHarmless(text.stdout, text.stderr, readFileSync(report, 'utf8'));
  });
});
