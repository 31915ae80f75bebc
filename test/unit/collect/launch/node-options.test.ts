import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { quoteNodeOption, withNodeOptions } from '../../../../src/collect/launch/node-options.ts';
import { folderWith } from './workspace-folder.ts';

test('what is added stands after what the user has', () => {
  expect(
    withNodeOptions({ A: '1', NODE_OPTIONS: ' --trace-warnings ' }, ['--require', '/opt/agent.cjs']),
  ).toEqual({
    A: '1',
    NODE_OPTIONS: '--trace-warnings --require /opt/agent.cjs',
  });
  expect(withNodeOptions({}, ['--require', '/my files/agent.cjs'])).toEqual({
    NODE_OPTIONS: '--require "/my files/agent.cjs"',
  });
  expect(withNodeOptions({ NODE_OPTIONS: '' }, ['-r', 'x'])).toEqual({ NODE_OPTIONS: '-r x' });
});

test.each([
  ['/opt/agent.cjs', '/opt/agent.cjs'],
  ['C:/My Files/agent.cjs', '"C:/My Files/agent.cjs"'],
  [String.raw`C:\tools\agent.cjs`, String.raw`C:\tools\agent.cjs`],
  [String.raw`C:\My Files\agent.cjs`, String.raw`"C:\\My Files\\agent.cjs"`],
  ['a"b', String.raw`"a\"b"`],
  ['', '""'],
])('%j is written as %s', (argument, written) => {
  expect(quoteNodeOption(argument)).toBe(written);
});

test('Node.js itself reads back what was added', async () => {
  const folder = await folderWith({
    'a "quoted" back\\slash/agent.cjs': 'globalThis.agent = __filename;',
    'user.cjs': 'globalThis.user = typeof globalThis.agent;',
  });
  const agent = `${folder}/a "quoted" back\\slash/agent.cjs`;
  const user = withNodeOptions({}, ['--require', `${folder}/user.cjs`]);
  const env = withNodeOptions(user, ['--require', agent]);
  const script = 'console.log(JSON.stringify([agent, user]))';
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env });
  expect(JSON.parse(stdout)).toEqual([agent, 'undefined']);
});
