import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Captures } from '../../../src/backend/captures.ts';
import { Recordings } from '../../../src/backend/recordings.ts';
import type { BeginCapture, CaptureProgress } from '../../../src/contracts/server.ts';

const LAUNCH: BeginCapture = {
  ...{ kind: 'launch', name: 'shop', command: ['sh', 'start.sh'], cwd: os.tmpdir() },
  intervalMicroseconds: 1000,
};

function captures() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-captures-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const told: CaptureProgress[] = [];
  const options = { recordings: new Recordings(folder), agent: '/agent.cjs' };
  return {
    folder,
    told,
    captures: new Captures({ ...options, onProgress: said => told.push(said), onLeaks: () => undefined }),
  };
}

test.each(['program', 'user'] as const)(
  'a launch that nothing reports to, ended by the %s, leaves no recording and says why in words of the editor',
  async endedBy => {
    const made = captures();
    const { id } = await made.captures.begin(LAUNCH);
    expect(existsSync(path.join(made.folder, id))).toBe(true);
    expect(await made.captures.stop(id, endedBy)).toBeNull();
    expect(existsSync(path.join(made.folder, id))).toBe(false);
    expect(made.told.at(-1)?.state).toBe('saved');
    const [problem] = made.told.flatMap(({ problems }) => problems);
    expect(problem?.code).toBe('no-agent');
    expect(problem?.advice).toMatch(/attach to the running process\.$/);
  },
);
