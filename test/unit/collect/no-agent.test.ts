import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { NoAgentWatch } from '../../../src/collect/no-agent.ts';
import { BYSTANDERS_FILE } from '../../../src/contracts/recording-files.ts';

const bystander = (pid: number, reason: string): string =>
  JSON.stringify({ pid, argv: [], nodeVersion: 'v18.0.0', reason });

/** What is reported at the end of a recording in whose folder the processes have left this. */
async function reportedAtEnd(bystanders: string | undefined, command = ['sh', 'start.sh']) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (bystanders !== undefined) writeFileSync(path.join(folder, BYSTANDERS_FILE), bystanders);
  const reported: { code: string; values: Record<string, string | number> }[] = [];
  const watch = new NoAgentWatch({ folder, command, cwd: folder }, problem => reported.push(problem));
  watch.start();
  await watch.stop();
  return reported;
}

test('a program that ends before any agent reports may have ended too early for one', async () => {
  const [problem] = await reportedAtEnd(undefined);
  expect(problem?.code).toBe('no-agent');
  expect(problem?.values['reason']).toContain('ended before the agent was up');
});

test('each process that is left alone is named once', async () => {
  const lines = [bystander(7, 'node-too-old'), bystander(7, 'node-too-old'), bystander(8, 'wrapper'), ''];
  expect(await reportedAtEnd(lines.join('\n'))).toMatchObject([{ code: 'node-too-old', values: { pid: 7 } }]);
});

test('a line that a full disk has cut off does not hide the others, nor end the recording', async () => {
  const cut = bystander(7, 'node-too-old').slice(0, 20);
  const whole = bystander(8, 'node-too-old');
  for (const text of [
    `${cut}\n${whole}\n`,
    `${whole}\n${cut}`,
    `${cut}${whole}\n${whole}\n`,
    `null\n${whole}\n`,
  ])
    expect(await reportedAtEnd(text)).toMatchObject([{ code: 'node-too-old', values: { pid: 8 } }]);
});

test('a program that waits for a debugger is named as such', async () => {
  const [problem] = await reportedAtEnd(undefined, ['node', '--inspect-wait=9230', 'app.js']);
  expect(problem?.values['reason']).toBe('it waits for a debugger (--inspect-wait=9230)');
  const [script] = await reportedAtEnd(undefined, ['npm', 'run', 'debug']);
  expect(script?.values['reason']).toContain('waits for a debugger (--inspect-brk, --inspect-wait)');
});
