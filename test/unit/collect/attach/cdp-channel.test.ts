import { expect, test } from 'vitest';
import { CdpChannel } from '../../../../src/collect/attach/cdp-channel.ts';

/** The error of an evaluation that is answered like this. */
async function failure(answer: (id: number) => string): Promise<unknown> {
  const channel: CdpChannel = new CdpChannel(message => {
    const { id } = JSON.parse(message) as { id: number };
    queueMicrotask(() => channel.take(answer(id)));
  });
  return channel.evaluate('1', 1000).catch((error: unknown) => error);
}

test('what the other side throws is an error of the user, by its first line', async () => {
  const exceptionDetails = { text: 'Uncaught', exception: { description: 'Error: no\n    at x.js:1' } };
  expect(await failure(id => JSON.stringify({ id, result: { exceptionDetails } }))).toMatchObject({
    code: 'attach-answer',
    message: expect.stringMatching(/: Error: no\.$/) as unknown,
  });
  expect(await failure(id => JSON.stringify({ id, error: { message: 'no such method' } }))).toMatchObject({
    code: 'attach-answer',
    message: expect.stringContaining('no such method') as unknown,
  });
});

test.each(['', 'no JSON', 'null', '7', '"text"'])('%j ends the channel', async text => {
  expect(await failure(() => text)).toMatchObject({ code: 'attach-answer' });
});

test('an answer without a result is an error of the user', async () => {
  expect(await failure(id => JSON.stringify({ id, result: null }))).toMatchObject({ code: 'attach-answer' });
});
