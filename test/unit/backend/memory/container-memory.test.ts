import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { containerFreeBytes } from '../../../../src/backend/memory/container-memory.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true });
});

/** A file system with these files. */
function rootWith(files: Readonly<Record<string, string>>): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'slowcatch-cgroup-'));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${text}\n`);
  }
  return root;
}

const UNLIMITED_1 = '9223372036854771712';

test('version 2: the limit, less what is used, pages of idle files apart', () => {
  const root = rootWith({
    'proc/7/cgroup': '0::/app.slice',
    'sys/fs/cgroup/app.slice/memory.max': '1000',
    'sys/fs/cgroup/app.slice/memory.current': '700',
    'sys/fs/cgroup/app.slice/memory.stat': 'anon 300\ninactive_file 200\nactive_file 10',
  });
  expect(containerFreeBytes(7, root)).toBe(500);
});

test('version 2: a group around it may have less', () => {
  const root = rootWith({
    'proc/self/cgroup': '0::/pod/app',
    'sys/fs/cgroup/pod/app/memory.max': 'max',
    'sys/fs/cgroup/pod/app/memory.current': '100',
    'sys/fs/cgroup/pod/memory.max': '400',
    'sys/fs/cgroup/pod/memory.current': '350',
  });
  expect(containerFreeBytes('self', root)).toBe(50);
});

test('version 1, as it looks from inside of a container: its group is the root', () => {
  const root = rootWith({
    'proc/self/cgroup': '12:cpu,cpuacct:/docker/4f\n5:memory:/docker/4f\n1:name=systemd:/docker/4f',
    'sys/fs/cgroup/memory/memory.limit_in_bytes': '2000',
    'sys/fs/cgroup/memory/memory.usage_in_bytes': '1500',
    'sys/fs/cgroup/memory/memory.stat': 'inactive_file 1\ntotal_inactive_file 400',
  });
  expect(containerFreeBytes('self', root)).toBe(900);
});

test('both versions at once: the memory is that of version 1', () => {
  const root = rootWith({
    'proc/9/cgroup': '4:memory:/jobs\n0::/',
    'sys/fs/cgroup/memory/jobs/memory.limit_in_bytes': '500',
    'sys/fs/cgroup/memory/jobs/memory.usage_in_bytes': '600',
    'sys/fs/cgroup/memory/memory.limit_in_bytes': UNLIMITED_1,
    'sys/fs/cgroup/memory/memory.usage_in_bytes': '600',
  });
  expect(containerFreeBytes(9, root)).toBe(0);
});

test.each([
  ['there are no groups', {}],
  ['no group has a limit', { 'proc/7/cgroup': '0::/', 'sys/fs/cgroup/memory.max': 'max' }],
  ['the files hold something else', { 'proc/7/cgroup': '0::/', 'sys/fs/cgroup/memory.max': '-1' }],
  ['the list of groups is damaged', { 'proc/7/cgroup': 'memory\n::\n5:memory' }],
])('nothing is known where %s', (_, files) => {
  expect(containerFreeBytes(7, rootWith(files))).toBeUndefined();
});

test('a group does not lead out of the folder of groups', () => {
  const root = rootWith({
    'proc/7/cgroup': '0::/../../../etc',
    'etc/memory.max': '1000',
    'etc/memory.current': '1',
  });
  expect(containerFreeBytes(7, root)).toBeUndefined();
});
