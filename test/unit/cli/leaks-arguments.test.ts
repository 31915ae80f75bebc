import { expect, test } from 'vitest';
import { parse, refusal } from './parsed-line.ts';

test('takes snapshots, oldest first', () => {
  expect(parse('leaks --json a.heapsnapshot b.heapsnapshot')).toMatchObject({
    subject: { kind: 'snapshots', files: ['a.heapsnapshot', 'b.heapsnapshot'] },
    json: true,
  });
  expect(refusal('leaks a.heapsnapshot')).toBe(
    'leaks needs a command after "--", or two snapshots or more, oldest first.',
  );
  expect(refusal('leaks --load x a b')).toBe('--load is of a program, not of snapshots.');
});

test('takes a program, with three epochs of ten seconds unless told', () => {
  expect(parse('leaks -- node app.js --epochs 9')).toMatchObject({
    subject: { kind: 'command', command: ['node', 'app.js', '--epochs', '9'] },
    ...{ epochs: 3, epochMilliseconds: 10_000, isForced: false, json: false },
  });
  expect(parse('leaks --epochs 5 --load autocannon --force -- node app.js')).toMatchObject({
    ...{ epochs: 5, load: 'autocannon', isForced: true },
  });
});

test('keeps snapshots as they are, or without the contents of strings', () => {
  expect(parse('leaks --out kept -- node a')).toMatchObject({ out: 'kept', isRedacted: false });
  expect(parse('leaks --out kept --redact -- node a')).toMatchObject({ out: 'kept', isRedacted: true });
  expect(refusal('leaks --redact -- node a')).toBe('--redact is of snapshots that are kept: it needs --out.');
});

test('says what is wrong', () => {
  expect(refusal('leaks --epochs 0 -- node a')).toBe('--epochs must be a number from 1 to 20.');
  expect(refusal('leaks --epochs many -- node a')).toBe('--epochs must be a number from 1 to 20.');
  expect(refusal('leaks --epoch 10 -- node a')).toBe('--epoch 10 is not a time such as 30s or 500ms.');
  expect(refusal('leaks --epoch 10s --load x -- node a')).toBe(
    'An epoch is one run of --load, or takes --epoch: not both.',
  );
  expect(refusal('leaks a b -- node a')).toBe('Give either snapshots or a command after "--", not both.');
  expect(refusal('leaks --watch -- node a')).toBe('"leaks" has no option --watch.');
});
