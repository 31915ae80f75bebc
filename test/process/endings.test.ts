/** How recordings end when something goes wrong at the end: with what was recorded, and never by waiting for ever. */
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { takesConnections } from '../../src/collect/attach/watch.ts';
import { MANIFEST_FILE } from '../../src/contracts/recording-files.ts';
import type { Manifest } from '../../src/contracts/recording.ts';
import { freePort, Program } from './attach-world.ts';
import { documentOf, PROGRAMS, slowcatch, startSlowcatch, temporaryFolders } from './cli.ts';
import { NODES } from './node-matrix.ts';
import { smallDisk } from './small-disk.ts';

const BAD = path.join(PROGRAMS, 'bad');
const NEWEST = NODES.at(-1)?.binary ?? '';
const temporaryFolder = temporaryFolders();

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(path.join(folder, MANIFEST_FILE), 'utf8')) as Manifest;

async function start(options: readonly string[], code: string): Promise<Program> {
  const program = await Program.start(NEWEST, options, code);
  onTestFinished(() => program.kill());
  return program;
}

test('a disk that is full to the last byte at the end costs the end, not the report', async context => {
  const disk = smallDisk(context, temporaryFolder('disk-'), '1m');
  const out = path.join(disk, 'recording');
  const command = [NEWEST, path.join(BAD, 'fill-disk.cjs'), disk];
  const ended = await slowcatch(['run', '--json', '--out', out, '--', ...command]);
  expect(ended.code).toBe(0);
  expect(documentOf(ended).hotFunctions[0]).toMatchObject({ name: 'hotWork' });
  expect(ended.stderr.match(/There is no room left on the disk/g)).toHaveLength(1);
});

test('a folder that is removed during the recording is said, and the command ends', async () => {
  const out = path.join(temporaryFolder(), 'recording');
  const command = [NEWEST, path.join(BAD, 'remove-folder.cjs'), out];
  const ended = await slowcatch(['run', '--out', out, '--', ...command]);
  expect(ended.code).toBe(3);
  expect(ended.stderr).toContain(`slowcatch: The folder ${out} was removed while it was recorded into`);
  expect(ended.stderr).not.toContain('defect');
});

describe('attaching', () => {
  const BUSY = `setImmediate(() => { const start = Date.now(); while (Date.now() - start < 60000); });`;

  test('to a busy program for a moment ends by time, and lets the program go on', async () => {
    const program = await start([`--inspect-port=${await freePort()}`], BUSY);
    const out = path.join(temporaryFolder(), 'recording');
    const ended = await slowcatch(['attach', '--out', out, '--duration', '1ms', String(program.pid)]);
    expect(ended.code).toBe(0);
    expect(manifestIn(out)).toMatchObject({ state: 'saved', endedBy: 'duration' });
    expect(program.running).toBe(true);
  });

  test('is interrupted: the inspector is closed, the recording and its socket are not left open', async () => {
    const port = await freePort();
    const STAYS = 'const timer = setInterval(() => {}, 1000); ending.push(() => clearInterval(timer));';
    const program = await start([`--inspect-port=${port}`], STAYS);
    const before = await program.state();
    const [TMPDIR, out] = [temporaryFolder(), path.join(temporaryFolder(), 'recording')];
    const run = startSlowcatch(['attach', '--out', out, String(program.pid)], { env: { TMPDIR } });
    program.child.stderr?.once('data', () => run.process.kill('SIGINT'));
    const ended = await run.ended;
    expect(ended.code).toBe(0);
    expect(await takesConnections({ host: '127.0.0.1', port })).toBe(false);
    expect(manifestIn(out)).toMatchObject({ state: 'saved', endedBy: 'user' });
    expect(readdirSync(TMPDIR)).toEqual([]);
    expect((await program.state()).env).toEqual(before.env);
  });
});

describe('old recordings that cannot be read', () => {
  test('change nothing about a new one', async () => {
    const state = temporaryFolder();
    const recordings = path.join(state, 'slowcatch', 'recordings');
    mkdirSync(path.join(recordings, 'damaged', MANIFEST_FILE), { recursive: true });
    const ended = await slowcatch(['run', '--', NEWEST, '-e', '0'], { env: { XDG_STATE_HOME: state } });
    expect(ended.code).toBe(0);
    expect(readdirSync(recordings)).toHaveLength(2);
  });
});
