/**
 * A collector that cannot begin, say for a full disk: the program goes on as if it were not there, and both ends hear
 * why.
 */
import { CELL, type CollectorData } from './contract.ts';
import { HostLink } from './host-link.ts';
import { helloMessage, problemMessage, stoppedMessage } from './messages.ts';
import { within } from './within.ts';

/** What the message may take at most: a program that ends waits for it. */
const TIMEOUT_MILLISECONDS = 500;

/** Ends this thread with `error`, which is an 'error' event in the main thread: it then stops sampling. */
export async function refuse(data: CollectorData, error: unknown): Promise<void> {
  signal(data, CELL.ready);
  try {
    await within(TIMEOUT_MILLISECONDS, say(data, error));
  } finally {
    signal(data, CELL.finished);
    signal(data, CELL.released);
    process.nextTick(() => {
      throw error;
    });
  }
}

async function say(data: CollectorData, error: unknown): Promise<void> {
  const link = new HostLink(data.configuration.socket, { message: () => undefined, gone: () => undefined });
  for (const message of [helloMessage(data), problemMessage(error), stoppedMessage()]) link.send(message);
  await link.end();
}

function signal({ cells }: CollectorData, cell: number): void {
  Atomics.store(cells, cell, 1);
  Atomics.notify(cells, cell);
}
