/** `slowcatch leaks` of a running service, and `trackMemoryLeaks` in code. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LeaksDocument, LeakVerdict } from '../../src/contracts/leaks.ts';
import { PROGRAMS, runCommand, slowcatch, temporaryFolders } from './cli.ts';
import { freePort, lineOfLeak } from './leak-corpus.ts';
import { EDGES } from './node-matrix.ts';

const SERVICE = path.join(PROGRAMS, 'leaks', 'service');
const REQUESTS = 50;
const newFolder = temporaryFolders();

test.each(EDGES)('a service on Node $major: line, holder and growth per request', async ({ binary }) => {
  const port = await freePort();
  const server = path.join(SERVICE, 'server.mjs');
  const out = path.join(newFolder(), 'kept');
  const load = `"${process.execPath}" "${path.join(SERVICE, 'load.mjs')}" ${port} ${REQUESTS}`;
  const ended = await slowcatch([
    ...['leaks', '--json', '--load', load, '--out', out, '--', binary, server, String(port)],
  ]);
  expect(ended.stderr).toContain('snapshot 1 of a heap of');
  expect(ended.code).toBe(1);
  const { verdicts, snapshots } = JSON.parse(ended.stdout) as LeaksDocument;
  const leaks = verdicts.filter(({ verdict }) => verdict === 'leak');
  expect(leaks).toMatchObject([
    {
      ...{ className: 'Cart', kind: 'cache', file: server, line: lineOfLeak(server) },
      countPerEpoch: [REQUESTS, REQUESTS, REQUESTS],
      retainerPath: ['module server.mjs', 'Map carts', 'Cart'],
      perOperation: { of: 'request', count: 1 },
    },
  ]);
  expect(snapshots.length).toBe(4);
  expect(fs.readdirSync(out).length).toBe(4);
  for (const { cost } of snapshots) {
    const { expected, measured } = cost!;
    expect(measured.pauseMicroseconds).toBeGreaterThan(0);
    expect(expected.mostPauseMicroseconds).toBeGreaterThan(expected.leastPauseMicroseconds);
  }
});

describe('what cannot be tracked', () => {
  test('a program that ends is said to have ended', async () => {
    const ended = await slowcatch(['leaks', '--epoch', '60s', '--', process.execPath, '-e', '1']);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('The program ended after 0 of 3 epochs');
  });

  test('a snapshot that was cut off is said to be', async () => {
    const folder = newFolder();
    const files = ['a', 'b'].map(name => path.join(folder, `${name}.heapsnapshot`));
    const [empty = '', full = ''] = files;
    await runCommand([process.execPath, '-e', `require('v8').writeHeapSnapshot(${JSON.stringify(empty)})`]);
    fs.writeFileSync(full, fs.readFileSync(empty).subarray(0, 5000));
    const cut = await slowcatch(['leaks', ...files]);
    expect(cut.code).toBe(3);
    expect(cut.stderr).toContain('This is not a readable heap snapshot');
  });
});

describe('what goes wrong with a snapshot', () => {
  test('a program that dies while it is written leaves those before, and no half one', async () => {
    const out = newFolder();
    const load = `"${process.execPath}" "${path.join(SERVICE, 'waits.mjs')}" "${out}"`;
    const ended = await slowcatch([
      ...['leaks', '--json', '--load', load, '--out', out],
      ...['--', process.execPath, path.join(SERVICE, 'dies.mjs'), out],
    ]);
    const { snapshots, problems } = JSON.parse(ended.stdout) as LeaksDocument;
    expect(problems.map(({ code }) => code)).toContain('leaks-program-ended');
    const names = fs.readdirSync(out).filter(name => name !== 'ready');
    const files = names.map(name => path.join(out, name));
    expect(snapshots.map(({ file }) => file)).toEqual(files);
    for (const file of files) expect(fs.readFileSync(file, 'utf8').trimEnd().at(-1)).toBe('}');
  });

  test('a file that may not grow any more: it is said, and the program is not hurt by it', async () => {
    const program =
      'setInterval(() => {}, 1000); process.on("exit", code => console.error(`ended with ${code}`));';
    const limited = `ulimit -f 2000; exec "${process.execPath}" -e '${program} process.on("SIGTERM", () => process.exit(7))'`;
    const out = path.join(newFolder(), 'kept');
    const ended = await slowcatch([
      ...['leaks', '--json', '--epoch', '50ms', '--out', out, '--', 'sh', '-c', limited],
    ]);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/The heap of process \d+ could not be written/);
    expect(ended.stderr).toContain('ended with 7');
    expect(fs.readdirSync(out)).toEqual([]);
  });
});

test('what is kept can be without the contents of strings, and is a snapshot all the same', async () => {
  const out = path.join(newFolder(), 'kept');
  const program = `
    class Customer { constructor(n) { this.mail = 'ann' + n + '@example.org'; } }
    const customers = [];
    setInterval(() => customers.push(new Customer(customers.length)), 2);`;
  const ended = await slowcatch([
    ...['leaks', '--json', '--epochs', '1', '--epoch', '300ms', '--out', out, '--redact'],
    ...['--', process.execPath, '-e', program],
  ]);
  expect(ended.stderr).toContain('snapshot 2');
  const files = fs.readdirSync(out).map(name => path.join(out, name));
  const texts = files.map(file => fs.readFileSync(file, 'utf8'));
  for (const text of texts) {
    expect(text).not.toContain('@example.org');
    expect(text).toContain('"Customer"');
    expect(JSON.parse(text)).toHaveProperty('strings');
  }
  const compared = await slowcatch(['leaks', '--json', ...files]);
  const names = (JSON.parse(compared.stdout) as LeaksDocument).verdicts.map(({ className }) => className);
  expect(names).toContain('Customer');
});

test.each(EDGES)('in code on Node $major', async ({ binary }) => {
  const file = path.join(SERVICE, 'in-code.mjs');
  const ended = await runCommand([binary, file]);
  const told = JSON.parse(ended.stdout) as Record<'leaking' | 'clean' | 'seen', LeakVerdict[]>;
  const leaksIn = (verdicts: LeakVerdict[]) => verdicts.filter(({ verdict }) => verdict === 'leak');
  expect(leaksIn(told.leaking)).toMatchObject([
    { file, line: lineOfLeak(file), kind: 'cache', perOperation: { of: 'operation', count: 1 } },
  ]);
  expect([...leaksIn(told.clean), ...leaksIn(told.seen)]).toEqual([]);
});
