/** Entry of the thread that reads snapshots, holds a heap and answers questions about it (`contracts/heap-worker.ts`). */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { HeapFile } from '../../analysis/heap/heap-places.ts';
import { HeapRowPages } from '../../analysis/heap/heap-rows.ts';
import { heapDetail, heapSummary } from '../../analysis/heap/heap-summary.ts';
import type {
  ComparisonQuestions,
  HeapFailure,
  HeapProgress,
  HeapQuestions,
  HeapRequest,
  HeapWorkerData,
  HeapWorkerMessage,
} from '../../contracts/heap-worker.ts';
import { UserError } from '../../contracts/user-error.ts';
import type { HeapGraph } from '../../model/heap/graph.ts';
import { analyseHeap, type Heap } from '../../model/heap/heap.ts';
import { scriptUrls } from '../../model/heap/script-urls.ts';
import { heapDocument } from '../../present/heap/heap-document.ts';
import { ComparedSnapshots } from '../leaks/compared-snapshots.ts';
import { readGrowingSnapshot } from './growing-snapshot.ts';
import { fileOf } from '../leaks/source-texts.ts';
import { readSnapshot } from './read-snapshot.ts';

/** A hundred steps are enough for a bar. */
const STEP_SHARE = 0.01;

type Answers<Questions extends Record<keyof Questions, { ask: unknown; answer: unknown }>> = {
  readonly [Q in keyof Questions]: (
    ask: Questions[Q]['ask'],
  ) => Questions[Q]['answer'] | Promise<Questions[Q]['answer']>;
};
type AnyAnswers = Readonly<Record<string, ((ask: never) => unknown) | undefined>>;
type Tell = (progress: HeapProgress) => void;

function answersFrom(heap: Heap): Answers<HeapQuestions> {
  const urls = scriptUrls(heap);
  const files = new Map([...urls].map(([script, url]) => [script, heapFile(url)]));
  const pages = new HeapRowPages(heap, files);
  return {
    document: ({ name }) => heapDocument(heap, urls, name),
    summary: ({ name }) => heapSummary(heap, files, name),
    rows: ({ group, ...page }) => pages.page(group, page),
    detail: of => heapDetail(heap, files, of),
  };
}

function heapFile(url: string): HeapFile {
  const file = fileOf(url);
  return file === undefined ? { file: url, canOpen: false } : { file, canOpen: true };
}

function comparisonAnswers(mostBytes: number, tell: Tell): Answers<ComparisonQuestions> {
  let isWritten = true;
  const compared = new ComparedSnapshots((file, isGrowing) =>
    isGrowing
      ? readGrowingSnapshot(file, { mostBytes, isWritten: () => isWritten })
      : readWithProgress(file, mostBytes, tell),
  );
  return {
    add: ({ file, isGrowing }) => {
      isWritten = !isGrowing;
      return compared.add(file, isGrowing);
    },
    written: () => {
      isWritten = true;
      return undefined;
    },
    redact: ask => compared.redact(ask),
    verdicts: ask => {
      tell({ step: 'comparing' });
      return compared.verdicts(ask);
    },
  };
}

function readWithProgress(file: string, mostBytes: number, tell: Tell): Promise<HeapGraph> {
  let told = 0;
  return readSnapshot(file, {
    mostBytes,
    onShare: share => {
      if (share < told + STEP_SHARE) return;
      told = share;
      tell({ step: 'reading', share });
    },
  });
}

/** Columns are made outside of V8's heap: where there is no room for one, it throws a `RangeError`. */
function failureOf(error: unknown): HeapFailure {
  if (error instanceof UserError) return { code: error.code, values: error.values };
  if (error instanceof RangeError && /allocation failed|invalid.*length/i.test(error.message))
    return {
      code: 'heap-snapshot-too-big',
      values: { objects: 'more than fits', needs: 'more than is free' },
    };
  return { code: 'internal', values: { detail: String(error) } };
}

async function answersOf({ file, mostBytes }: HeapWorkerData, tell: Tell): Promise<AnyAnswers> {
  if (file === undefined) return comparisonAnswers(mostBytes, tell);
  const graph = await readWithProgress(file, mostBytes, tell);
  return answersFrom(analyseHeap(graph, step => tell({ step })));
}

async function serve(port: MessagePort, data: HeapWorkerData): Promise<void> {
  const send = (message: HeapWorkerMessage): void => port.postMessage(message);
  try {
    const answers = await answersOf(data, progress => send({ kind: 'progress', progress }));
    port.on('message', (request: HeapRequest) => void answer(request, answers, send));
    send({ kind: 'ready' });
  } catch (error) {
    send({ kind: 'failed', failure: failureOf(error) });
  }
}

async function answer(
  { id, question, ask }: HeapRequest,
  answers: AnyAnswers,
  send: (message: HeapWorkerMessage) => void,
): Promise<void> {
  try {
    send({ kind: 'answer', id, answer: await answers[question]?.(ask as never) });
  } catch (error) {
    send({ kind: 'refused', id, failure: failureOf(error) });
  }
}

if (parentPort) void serve(parentPort, workerData as HeapWorkerData);
