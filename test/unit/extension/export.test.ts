import { describe, expect, test } from 'vitest';
import { targetOf } from '../../../src/extension/export/export-target.ts';
import { proposedName } from '../../../src/extension/export/proposed-name.ts';

describe('the proposed name of an export', () => {
  test.each([
    ['node shop.js', '.pb.gz', 'node-shop.js.pb.gz'],
    ['app.cpuprofile.gz', '.md', 'app.md'],
    ['x.speedscope.json', '.html', 'x.html'],
    ['x.pb.gz', '.cpuprofile', 'x.cpuprofile'],
    ['../../etc/passwd', '.md', 'etc-passwd.md'],
    ['a\u0000b\nc:d|e', '.md', 'a-b-c-d-e.md'],
    ['Größe 注文', '.md', 'Größe-注文.md'],
    ['…', '.md', 'profile.md'],
    ['n'.repeat(300), '.md', `${'n'.repeat(60)}.md`],
  ])('of %j as %s is %s', (name, extension, expected) => {
    expect(proposedName(name, extension)).toBe(expected);
  });
});

describe('what is exported', () => {
  const entry = { id: 'r1', name: 'shop' };

  test.each([
    [
      'a recording of the list',
      { kind: 'entry', entry },
      { source: { kind: 'recording', id: 'r1' }, name: 'shop' },
    ],
    [
      'the open recording',
      { kind: 'open', view: { entry } },
      { source: { kind: 'recording', id: 'r1' }, name: 'shop' },
    ],
    [
      'an open file',
      { kind: 'open', view: { entry: { id: 'file:/a.pb.gz', name: 'a.pb.gz' } } },
      { source: { kind: 'file', file: '/a.pb.gz' }, name: 'a.pb.gz' },
    ],
    ['a source', { kind: 'recording', id: 'r1' }, { source: { kind: 'recording', id: 'r1' } }],
    [
      'a file of the explorer',
      { fsPath: '/a.cpuprofile' },
      { source: { kind: 'file', file: '/a.cpuprofile' } },
    ],
    [
      'a range of a view',
      { source: { kind: 'recording', id: 'r1' }, range: { startMicroseconds: 0, endMicroseconds: 5 } },
      { source: { kind: 'recording', id: 'r1' }, range: { startMicroseconds: 0, endMicroseconds: 5 } },
    ],
  ])('is %s', (_, argument, expected) => {
    expect(targetOf(argument)).toEqual(expected);
  });

  test.each([[undefined], [null], ['r1'], [{ kind: 'section' }], [{ kind: 'recording' }], [{ source: {} }]])(
    'is chosen by the user when a command is called with %j',
    argument => {
      expect(targetOf(argument)).toBeUndefined();
    },
  );
});
