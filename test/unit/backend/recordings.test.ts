import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Recordings } from '../../../src/backend/recordings.ts';
import type { Manifest } from '../../../src/contracts/recording.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.parse('2026-11-23T12:00:00Z');
let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-recordings-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function keep(id: string, changes: Partial<Manifest> = {}, bytes = 0): void {
  const manifest: Manifest = {
    version: 1,
    id,
    kind: 'profile',
    state: 'saved',
    name: `shop ${id}`,
    command: ['node', 'shop.js'],
    cwd: '/app',
    startedAt: new Date(NOW).toISOString(),
    stoppedAt: new Date(NOW + 5000).toISOString(),
    intervalMicroseconds: 1000,
    platform: 'linux-x64',
    problems: [],
    ...changes,
  };
  mkdirSync(path.join(folder, id));
  writeFileSync(path.join(folder, id, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, id, 'data'), '');
  // Takes no room on the disk.
  truncateSync(path.join(folder, id, 'data'), bytes);
}

/** A recording that goes on, as its manifest says: this process makes it. */
const running = (startedAt = new Date().toISOString()): Partial<Manifest> => ({
  ...{ state: 'recording', recorderPid: process.pid, startedAt },
});

const daysAgo = (days: number): string => new Date(NOW - days * DAY).toISOString();
const ids = async (): Promise<string> => (await new Recordings(folder).list()).map(({ id }) => id).join(' ');

describe('the list of recordings', () => {
  test('has the newest first, with what is known of each', async () => {
    keep('old', { startedAt: daysAgo(2) });
    keep('new', {}, 1000);
    const [first, second] = await new Recordings(folder).list();
    expect(first).toMatchObject({ id: 'new', name: 'shop new', durationMilliseconds: 5000, isPinned: false });
    expect(first!.bytes).toBeGreaterThan(1000);
    expect(second).toMatchObject({ id: 'old' });
  });

  test('is empty where there is no folder yet', async () => {
    expect(await new Recordings(path.join(folder, 'none')).list()).toEqual([]);
  });

  test('leaves out what is no recording', async () => {
    mkdirSync(path.join(folder, 'empty'));
    mkdirSync(path.join(folder, 'damaged'));
    writeFileSync(path.join(folder, 'damaged', 'manifest.json'), '{"version":');
    writeFileSync(path.join(folder, 'a-file'), '');
    keep('future', { version: 2 as never });
    keep('good');
    expect(await ids()).toBe('good');
  });

  test('leaves out what cannot be read, and what is removed at this moment', async () => {
    keep('good');
    mkdirSync(path.join(folder, 'unreadable', 'manifest.json'), { recursive: true });
    mkdirSync(path.join(folder, 'circle'));
    symlinkSync('manifest.json', path.join(folder, 'circle', 'manifest.json'));
    expect(await ids()).toBe('good');
    for (let round = 0; round < 20; round++) keep(`going-${round}`);
    const list = new Recordings(folder).list();
    for (let round = 0; round < 20; round++) rmSync(path.join(folder, `going-${round}`), { recursive: true });
    expect((await list).map(({ id }) => id)).toContain('good');
  });

  test('tells one that goes on from one whose recorder was killed', async () => {
    keep('mine', running());
    keep('dead', { state: 'recording', recorderPid: 2 ** 22 + 1, startedAt: daysAgo(1) });
    const states = (await new Recordings(folder).list()).map(({ state }) => state);
    expect(states).toEqual(['recording', 'unfinished']);
  });

  test('knows that a process younger than the recording is another one that got the id of its recorder', async () => {
    keep('reused', running(daysAgo(5)));
    const recordings = new Recordings(folder);
    expect(await recordings.entry('reused')).toMatchObject({ state: 'unfinished' });
    await recordings.delete('reused');
    expect(await ids()).toBe('');
  });
});

describe('a kept recording', () => {
  test('is renamed, and gets its own name back', async () => {
    keep('a');
    const recordings = new Recordings(folder);
    expect(await recordings.change('a', { name: '  before the fix ' })).toMatchObject({
      name: 'before the fix',
    });
    expect(await recordings.change('a', { isPinned: true })).toMatchObject({ name: 'before the fix' });
    expect(await recordings.change('a', { name: ' ' })).toMatchObject({ name: 'shop a', isPinned: true });
  });

  test('that goes on is not deleted', async () => {
    keep('a', running());
    await expect(new Recordings(folder).delete('a')).rejects.toMatchObject({ code: 'recording-runs' });
    expect(await ids()).toBe('a');
  });

  test.each(['..', '../a', '/etc', '', 'a/b'])('named %j is not looked for', async id => {
    keep('a');
    await expect(new Recordings(folder).delete(id)).rejects.toMatchObject({ code: 'recording-gone' });
  });
});

describe('old recordings', () => {
  test('go after 30 days, unless they are pinned', async () => {
    keep('young', { startedAt: daysAgo(29) });
    keep('old', { startedAt: daysAgo(31) });
    keep('pinned', { startedAt: daysAgo(400) });
    const recordings = new Recordings(folder);
    await recordings.change('pinned', { isPinned: true });
    await recordings.removeOld(NOW);
    expect(await ids()).toBe('young pinned');
  });

  test('a file of another age inside does not matter', async () => {
    keep('young');
    utimesSync(path.join(folder, 'young', 'manifest.json'), 0, 0);
    await new Recordings(folder).removeOld(NOW);
    expect(await ids()).toBe('young');
  });

  test('the newest stays, however old it is: it may be the one that is open', async () => {
    keep('older', { startedAt: daysAgo(50) });
    keep('newest', { startedAt: daysAgo(40) });
    await new Recordings(folder).removeOld(NOW);
    expect(await ids()).toBe('newest');
  });

  test('go beyond 2 GB, but not the one that has just ended, though others began later', async () => {
    keep('oldest', { startedAt: daysAgo(3) }, 1000);
    keep('long', { startedAt: daysAgo(2) }, 1.5e9);
    keep('short', { startedAt: daysAgo(1) }, 1.5e9);
    await new Recordings(folder).removeOld(NOW, 'long');
    expect(await ids()).toBe('short long');
    await new Recordings(folder).removeOld(NOW);
    expect(await ids()).toBe('short');
  });
});
