import { expect, test } from 'vitest';
import { HintsVisibility } from '../../../../src/extension/hints/visibility.ts';

test('hints that are hidden in a window stay hidden until they are shown, or the setting is changed', () => {
  const visibility = new HintsVisibility(true);
  visibility.toggle();
  expect(visibility.areShown).toBe(false);
  visibility.follow(true);
  expect(visibility.areShown).toBe(false);
  visibility.toggle();
  expect(visibility.areShown).toBe(true);
  visibility.toggle();
  visibility.follow(false);
  visibility.follow(true);
  expect(visibility.areShown).toBe(true);
});

test('hints that the setting turns off can be shown in a window', () => {
  const visibility = new HintsVisibility(false);
  expect(visibility.areShown).toBe(false);
  visibility.toggle();
  expect(visibility.areShown).toBe(true);
});
