import { describe, expect, test } from 'vitest';
import type { ProcessEntry } from '../../../../src/contracts/server.ts';
import { groupProcesses } from '../../../../src/extension/capture/process-order.ts';

const entry = (pid: number, cwd: string, command: string): ProcessEntry => ({
  ...{ pid, cwd, command: command.split(' '), ageMilliseconds: 0 },
});

const group = (...processes: readonly ProcessEntry[]) => {
  const { here, elsewhere } = groupProcesses(processes, {
    workspaceFolders: ['/w/shop', '/w/extension'],
    editorFolders: ['/opt/editor', '/home/me/.editor/extensions/slowcatch-1.0.0', '/w/extension'],
    platform: 'linux',
  });
  return [here, elsewhere].map(each => each.map(({ pid }) => pid));
};

describe('the processes to attach to', () => {
  test('are those of this workspace, then the others, each in their order', () => {
    expect(
      group(
        entry(1, '/', 'node a.js'),
        entry(2, '/w/shop', 'node b.js'),
        entry(3, '/w/shopping', 'node c.js'),
        entry(4, '/w/shop/packages/api', 'node d.js'),
      ),
    ).toEqual([
      [2, 4],
      [1, 3],
    ]);
  });

  test('belong to the workspace by their script, where the working folder is not known', () => {
    expect(group(entry(1, '', 'node /w/shop/a.js'), entry(2, '', 'node a.js'))).toEqual([[1], [2]]);
  });

  test.each([
    ['a helper of the editor', '/opt/editor/node /opt/editor/out/bootstrap-fork --type=fileWatcher'],
    ['with flags', 'node --max-old-space-size=3072 /opt/editor/extensions/ts/tsserver.js --cancellation x'],
    [
      'the server of an extension',
      'node /home/me/.editor/extensions/slowcatch-1.0.0/dist/server.cjs --node-ipc',
    ],
    ['a language server of another editor', 'node /opt/other/jsonServerMain --node-ipc --clientProcessId=7'],
  ])('are not %s', (_, command) => {
    expect(group(entry(1, '/w/shop', command))).toEqual([[], []]);
  });

  test.each([
    ['that the editor’s own Node.js runs', '/opt/editor/node /w/shop/a.js'],
    ['with something of the editor preloaded', 'node --require /opt/editor/bootloader.js /w/shop/a.js'],
    ['of an extension that is open as a folder', 'node /w/extension/dist/server.cjs'],
    ['without a script', '/opt/editor/node'],
  ])('are programs %s', (_, command) => {
    expect(group(entry(1, '/w/shop', command))).toEqual([[1], []]);
  });
});
