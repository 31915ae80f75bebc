import { Channel } from './channel.ts';
import { connect } from './connect.ts';
import { Editor } from './editor.ts';
import { timeoutOf, type Suite } from './suite.ts';

/** Runs the tests of a suite by name, as the test outside asks for them; resolves when it hangs up. */
export async function serveSuite(suite: Suite): Promise<void> {
  const channel: Channel = new Channel(await connect(), {
    run: name => runTest(suite, name, new Editor(channel)),
  });
  await channel.closed;
}

async function runTest(suite: Suite, name: string, editor: Editor): Promise<void> {
  const test = suite.tests[name];
  if (!test) throw new Error(`the suite has no test "${name}"`);
  try {
    await within(timeoutOf(suite), test(editor));
  } finally {
    await suite.afterEach?.(editor);
  }
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
