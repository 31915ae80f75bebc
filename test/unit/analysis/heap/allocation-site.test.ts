import { expect, test } from 'vitest';
import { allocationSite, type Wanted } from '../../../../src/analysis/heap/allocation-site.ts';
import { SourceParser } from '../../../../src/backend/watch/parser.ts';
import { PARSER } from '../../model/watched/parsed.ts';

const parser = await SourceParser.open(PARSER);

const CLUES: Wanted['clues'] = {
  ...{ calledName: '', className: '', propertyNames: [], names: [], heldCount: 100 },
};

/** The line that is found, as it stands in the text. */
function lineOf(
  text: string,
  kind: Wanted['kind'],
  clues: Partial<Wanted['clues']>,
  calledAt?: number,
): string {
  const parsed = parser.parse('shop.mjs', text);
  if (!parsed.ok) throw new Error(parsed.detail);
  const found = allocationSite(parsed.program, {
    ...{ kind, clues: { ...CLUES, ...clues } },
    ...(calledAt === undefined ? {} : { calledAt }),
  });
  if (!found) return 'nothing';
  const start = text.lastIndexOf('\n', found.offset) + 1;
  return text.slice(start, `${text}\n`.indexOf('\n', found.offset)).trim();
}

const SHOP = `
const first = new Session(0);
const sessions = new Map();
function open(id) {
  const session = new Session(id);
  sessions.set(id, session);
}
function note(id) {
  log.push({ id, at: 1 });
  other.push({ id, at: 2, why: '' });
  hits[id] ??= [];
}
function wait(id) {
  waiting.set(id, { resolve: () => {}, reject: () => {} });
  return new Promise(() => {});
}
function later() {
  setTimeout(tick, 10);
  setTimeout(() => tick(), 20);
  setInterval(giveUp, 30);
}
function read() {
  chunks.push(Buffer.alloc(16));
  lines.push(String(1));
}`;

test('a class is made where "new" stands, in a function rather than once', () => {
  expect(lineOf(SHOP, 'cache', { className: 'Session' })).toBe('const session = new Session(id);');
});

test('a plain object is known by its names', () => {
  expect(lineOf(SHOP, 'global array', { propertyNames: ['id', 'at'] })).toBe('log.push({ id, at: 1 });');
  expect(lineOf(SHOP, 'cache', { propertyNames: ['id', 'at', 'why'], names: ['other'] })).toBe(
    "other.push({ id, at: 2, why: '' });",
  );
});

test('a promise is made where it is made, not where its functions are kept', () => {
  const clues = { propertyNames: ['resolve', 'reject'], names: ['waiting'] };
  expect(lineOf(SHOP, 'pending promise', clues)).toBe('return new Promise(() => {});');
});

test('a timer is told by what it calls', () => {
  expect(lineOf(SHOP, 'timer', {}, SHOP.indexOf('() => tick()'))).toBe('setTimeout(() => tick(), 20);');
  expect(lineOf(SHOP, 'timer', { calledName: 'giveUp' }, 0)).toBe('setInterval(giveUp, 30);');
});

test('buffers and texts are made where they are put into what holds them', () => {
  expect(lineOf(SHOP, 'buffer', { className: 'Buffer', names: ['chunks'] })).toBe(
    'chunks.push(Buffer.alloc(16));',
  );
  expect(lineOf(SHOP, 'global array', { names: ['lines'] })).toBe('lines.push(String(1));');
  expect(lineOf(SHOP, 'cache', { names: ['hits'] })).toBe('hits[id] ??= [];');
});

test('what does not stand in the text is not found', () => {
  expect(lineOf(SHOP, 'cache', { className: 'Order', names: ['orders'] })).toBe('nothing');
});
