import { expect, test } from 'vitest';
import { replaceMethod } from '../../../src/agent/replaced-method.ts';

type Greet = () => string;
const made = (target: Record<string, Greet>, text: string): (() => void) =>
  replaceMethod(target, 'greet', original => () => `${text} ${original()}`);

test('a method is replaced, and put back', () => {
  const original = (): string => 'hello';
  const target = { greet: original };
  const undo = made(target, 'oh,');
  expect(target.greet()).toBe('oh, hello');
  undo();
  expect(target.greet).toBe(original);
});

test('what somebody else has put over it since stays', () => {
  const target: Record<string, Greet> = { greet: () => 'hello' };
  const undo = made(target, 'oh,');
  made(target, 'well,');
  undo();
  expect(target['greet']?.()).toBe('well, oh, hello');
});
