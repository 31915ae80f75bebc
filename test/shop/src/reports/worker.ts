/** Worker thread: sums up sales, so that a report does not hold up the shop. */
import { parentPort } from 'node:worker_threads';
import { readConfig } from '../config.ts';
import { openSales } from '../store/open-store.ts';
import type { ReportAnswer, ReportQuestion } from './report-worker.ts';
import { summariseSales } from './sales.ts';

const store = await openSales(readConfig(process.env));

async function answer(question: ReportQuestion): Promise<void> {
  if (question === 'close') {
    await store.close();
    parentPort?.close();
    return;
  }
  const rows = summariseSales(await store.sales.ofYear(question.year), question.year);
  parentPort?.postMessage({ id: question.id, rows } satisfies ReportAnswer);
}

// A rejection ends this worker; ReportWorker sees its error.
parentPort?.on('message', (question: ReportQuestion) => void answer(question));
