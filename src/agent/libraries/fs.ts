/**
 * node:fs: callbacks and promises, file handles, and streams of files, which read and write by these.
 * Those that end in `Sync` block the thread: samples tell of them.
 */
import fs from 'node:fs';
import type { Follow } from '../operations/follow.ts';
import { member, type Library } from './library.ts';
import { fileDetail } from './places.ts';
import { waitingCall } from './waiting-call.ts';
import { apply, wrapMethod, wrapMethods, type Method, type Undo } from './wrapped-method.ts';

/** In `fs` and in `fs.promises`, by path. */
const BY_PATH = [
  'access',
  'appendFile',
  'chmod',
  'chown',
  'copyFile',
  'cp',
  'lchown',
  'link',
  'lstat',
  'lutimes',
  'mkdir',
  'mkdtemp',
  'open',
  'opendir',
  'readdir',
  'readFile',
  'readlink',
  'realpath',
  'rename',
  'rm',
  'rmdir',
  'stat',
  'statfs',
  'symlink',
  'truncate',
  'unlink',
  'utimes',
  'writeFile',
];

/** In `fs`, by descriptor. Nobody waits for `close`. */
const BY_DESCRIPTOR = [
  'exists',
  'fchmod',
  'fchown',
  'fdatasync',
  'fstat',
  'fsync',
  'ftruncate',
  'futimes',
  'read',
  'readv',
  'write',
  'writev',
];

const OF_HANDLES = [
  'appendFile',
  'datasync',
  'read',
  'readFile',
  'readv',
  'stat',
  'sync',
  'truncate',
  'write',
  'writeFile',
  'writev',
];

export const nodeFs: Library = {
  builtin: follow => {
    const call = waitingCall(follow, { kind: 'fs', library: 'node:fs', detail: ofFirst });
    const handles: Undo[] = [];
    return [
      ...wrapMethods(fs, [...BY_PATH, ...BY_DESCRIPTOR], withCallback(follow)),
      ...wrapMethods(fs.promises, BY_PATH, call),
      wrapMethod(fs.promises, 'open', original => patchingHandles(follow, original, handles)),
      () => handles.forEach(undo => undo()),
    ];
  },
};

const withCallback = (follow: Follow): ((original: Method) => Method) =>
  waitingCall(follow, { kind: 'fs', library: 'node:fs', detail: ofFirst, onlyCallbacks: true });

/** A string is kept as it is, and made short when it is asked for. */
const ofFirst = (_: unknown, [file]: readonly unknown[]): (() => string) | undefined =>
  typeof file === 'string' || file instanceof URL ? () => fileDetail(file) ?? '' : undefined;

/** `FileHandle` is Node's own secret: its prototype is known from the first one. */
function patchingHandles(follow: Follow, original: Method, handles: Undo[]): Method {
  const patch = (handle: unknown): void => {
    if (handles.length > 0 || typeof handle !== 'object' || handle === null) return;
    const call = waitingCall(follow, { kind: 'fs', library: 'node:fs' });
    handles.push(...wrapMethods(Object.getPrototypeOf(handle), OF_HANDLES, call));
  };
  return function (...parameters) {
    const opened = apply(original, this, parameters);
    return handles.length > 0 || !follow.current() ? opened : afterwards(opened, patch);
  };
}

function afterwards(promise: unknown, work: (value: unknown) => void): unknown {
  const then = member(promise, 'then');
  if (typeof then !== 'function') return promise;
  return apply(then as Method, promise, [
    (value: unknown) => {
      work(value);
      return value;
    },
  ]);
}
