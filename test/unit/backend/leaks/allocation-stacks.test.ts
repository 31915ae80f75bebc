import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { HeldThread, PlacedFrame } from '../../../../src/analysis/heap/held-thread.ts';
import { allocationOf, withAllocation } from '../../../../src/backend/leaks/allocation-stacks.ts';
import { SourceTexts } from '../../../../src/backend/leaks/source-texts.ts';
import { SourceParser } from '../../../../src/backend/watch/parser.ts';
import type { LeakVerdict } from '../../../../src/contracts/leaks.ts';
import { bytes } from '../../../../src/contracts/units.ts';
import { writeFolder } from '../../../draw/marked-source.ts';
import { PARSER } from '../../model/watched/parsed.ts';

const SHOP = `class Cart {
  constructor(id: number) {
    this.id = id;
    this.items = [];
  }
}
const carts = new Map<number, Cart>();
export function addCart(id: number) {
  const cart = new Cart(id);
  carts.set(id, cart);
}
export const handle = (id: number) => {
  addCart(id); other.push({ id });
};
`;

const file = path.join(writeFolder({ 'shop.ts': SHOP }), 'shop.ts');
const parser = await SourceParser.open(PARSER);
afterAll(() => parser.dispose());

const frame = (name: string, line: number, column: number): PlacedFrame => ({ name, file, line, column });
const CART = frame('Cart', 2, 14);
const ADD_CART = frame('addCart', 8, 24);
const HANDLE = frame('handle', 12, 23);
const LIBRARY: PlacedFrame = { name: 'clone', file: '/x/node_modules/x/x.js', line: 3, column: 1 };

const MEGABYTE = 1e6;

/** Functions of the stack that is found for what grows by a megabyte, innermost first. */
async function stackOf(
  line: number | undefined,
  stacks: readonly [PlacedFrame[], number][],
): Promise<string> {
  const thread: HeldThread = {
    turns: [],
    stacks: new Map(stacks.map(([stack], at) => [String(at), stack])),
    held: new Map(stacks.map(([, size], at) => [String(at), size])),
  };
  const verdict = { file, ...(line === undefined ? {} : { line }), retainedBytes: bytes(MEGABYTE) };
  const found = await allocationOf(verdict as LeakVerdict, [thread], new SourceTexts(parser));
  return found?.map(({ name }) => name).join(' ← ') ?? 'not clear';
}

describe('the stack that has allocated what a verdict is about', () => {
  test('begins in the function of its line', async () => {
    const others: [PlacedFrame[], number] = [[HANDLE], 5 * MEGABYTE];
    expect(await stackOf(9, [[[ADD_CART, HANDLE], MEGABYTE], others])).toBe('addCart ← handle');
  });

  test('leads through it, when what it makes is made further inside', async () => {
    expect(
      await stackOf(9, [
        [[CART, ADD_CART, HANDLE], MEGABYTE],
        [[LIBRARY], MEGABYTE],
      ]),
    ).toBe('Cart ← addCart ← handle');
  });

  test('is not clear where the stacks hold much more, or next to nothing', async () => {
    expect(await stackOf(9, [[[CART, ADD_CART], 20 * MEGABYTE]])).toBe('not clear');
    expect(await stackOf(9, [[[ADD_CART], 0.01 * MEGABYTE]])).toBe('not clear');
  });

  test('is not that of another function, of another file, or of none', async () => {
    expect(
      await stackOf(9, [
        [[HANDLE], MEGABYTE],
        [[LIBRARY], MEGABYTE],
        [[], MEGABYTE],
      ]),
    ).toBe('not clear');
  });

  test('of a function that begins in the line is its own', async () => {
    expect(await stackOf(12, [[[HANDLE], MEGABYTE]])).toBe('handle');
  });

  test('tells the line of a verdict that has none', async () => {
    expect(await stackOf(undefined, [[[ADD_CART, HANDLE], MEGABYTE]])).toBe('addCart ← handle');
    const verdict = { file } as LeakVerdict;
    expect(withAllocation(verdict, [ADD_CART, HANDLE])).toEqual({
      ...{ file, line: 8 },
      allocatedAt: [
        { name: 'addCart', file, line: 8 },
        { name: 'handle', file, line: 12 },
      ],
    });
    expect(withAllocation({ ...verdict, line: 9 }, [ADD_CART])).toMatchObject({ line: 9 });
  });
});
