/** Entry of the thread that reads a snapshot, holds its heap and answers questions about it (`contracts/heap-worker.ts`). */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { classPage, dominatedPage, objectPage } from '../../analysis/heap/heap-rows.ts';
import { pathSteps } from '../../analysis/heap/path-steps.ts';
import type {
  HeapFailure,
  HeapProgress,
  HeapQuestion,
  HeapQuestions,
  HeapRequest,
  HeapWorkerData,
  HeapWorkerMessage,
} from '../../contracts/heap-worker.ts';
import { UserError } from '../../contracts/user-error.ts';
import { analyseHeap, type Heap } from '../../model/heap/heap.ts';
import { scriptUrls } from '../../model/heap/script-urls.ts';
import { heapDocument } from '../../present/heap/heap-document.ts';
import { readSnapshot } from './read-snapshot.ts';

/** A hundred steps are enough for a bar. */
const STEP_SHARE = 0.01;

type Answers = { readonly [Q in HeapQuestion]: (ask: HeapQuestions[Q]['ask']) => HeapQuestions[Q]['answer'] };

function answersFrom(heap: Heap): Answers {
  const files = scriptUrls(heap);
  return {
    document: ({ name }) => heapDocument(heap, files, name),
    classes: ask => classPage(heap, files, ask),
    objects: ask => objectPage(heap, ask),
    dominated: ask => dominatedPage(heap, ask),
    path: ({ node }) => pathSteps(heap, node).steps,
  };
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

async function open(port: MessagePort, { file, mostBytes }: HeapWorkerData): Promise<Heap> {
  const tell = (progress: HeapProgress): void =>
    port.postMessage({ kind: 'progress', progress } satisfies HeapWorkerMessage);
  let told = 0;
  const graph = await readSnapshot(file, {
    mostBytes,
    onShare: share => {
      if (share < told + STEP_SHARE) return;
      told = share;
      tell({ step: 'reading', share });
    },
  });
  return analyseHeap(graph, step => tell({ step }));
}

async function serve(port: MessagePort, data: HeapWorkerData): Promise<void> {
  const send = (message: HeapWorkerMessage): void => port.postMessage(message);
  try {
    const answers = answersFrom(await open(port, data));
    port.on('message', ({ id, question, ask }: HeapRequest) => {
      try {
        const answer = (answers[question] as (ask: unknown) => HeapQuestions[HeapQuestion]['answer'])(ask);
        send({ kind: 'answer', id, answer });
      } catch (error) {
        send({ kind: 'refused', id, failure: failureOf(error) });
      }
    });
    send({ kind: 'ready' });
  } catch (error) {
    send({ kind: 'failed', failure: failureOf(error) });
  }
}

if (parentPort) void serve(parentPort, workerData as HeapWorkerData);
