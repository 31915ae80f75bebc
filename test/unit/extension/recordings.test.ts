import { describe, expect, test } from 'vitest';
import type { CaptureProgress, ServerNotifications, ServerRequests } from '../../../src/contracts/server.ts';
import type { RecordingView } from '../../../src/contracts/views/recording.ts';
import type { RecordingEntry } from '../../../src/contracts/recording-entry.ts';
import type { Connection } from '../../../src/extension/connection.ts';
import { failureText } from '../../../src/extension/failure-text.ts';
import { RecordingsModel } from '../../../src/extension/recordings.ts';
import { generateUpdate } from '../../draw/runtime-view.ts';

const entry = (id: string, values: Partial<RecordingEntry> = {}): RecordingEntry => ({
  id,
  name: id,
  startedAt: '2026-11-23T10:00:00.000Z',
  isPinned: false,
  cwd: '/w',
  state: 'saved',
  bytes: 1,
  folder: `/r/${id}`,
  ...values,
});

const viewOf = (id: string): RecordingView => ({
  entry: entry(id),
  ...{ metric: 'cpu', metrics: ['cpu'], total: '' },
  summary: '',
  breakdown: { busy: '', parts: [] },
  findings: [],
  hotPaths: [],
  problems: [],
  files: [],
});

const progress = (id: string, state: CaptureProgress['state']): CaptureProgress => ({
  id,
  state,
  elapsedMilliseconds: 0,
  processes: 1,
  problems: [],
  hasEnded: false,
});

/** Requests wait until they are answered. */
class FakeConnection implements Connection {
  readonly #handlers = new Map<string, (params: never) => void>();
  readonly #waiting: {
    readonly method: string;
    readonly resolve: (answer: never) => void;
    readonly reject: (error: Error) => void;
  }[] = [];

  request<M extends keyof ServerRequests>(method: M): Promise<ServerRequests[M][1]> {
    return new Promise((resolve, reject) => this.#waiting.push({ method, resolve, reject }));
  }

  on<M extends keyof ServerNotifications>(method: M, handler: (params: ServerNotifications[M]) => void) {
    this.#handlers.set(method, handler);
    return { dispose: () => void this.#handlers.delete(method) };
  }

  notify<M extends keyof ServerNotifications>(method: M, params: ServerNotifications[M]): void {
    this.#handlers.get(method)?.(params as never);
  }

  get handlers(): number {
    return this.#handlers.size;
  }

  /** Takes the first request that waits. */
  take<M extends keyof ServerRequests>(method: M) {
    const request = this.#waiting.shift();
    if (request?.method !== method) throw new Error(`${method} was not asked for, but ${request?.method}`);
    return {
      answer: (result: ServerRequests[M][1]) => request.resolve(result as never),
      fail: (error: Error) => request.reject(error),
    };
  }
}

function setUp() {
  const connection = new FakeConnection();
  const failures: unknown[] = [];
  const changes: string[] = [];
  const model = new RecordingsModel(connection, error => failures.push(error));
  model.onChange(change => changes.push(change));
  const answered = async <M extends keyof ServerRequests>(
    done: Promise<void>,
    method: M,
    result: ServerRequests[M][1],
  ) => {
    connection.take(method).answer(result);
    await done;
  };
  return { connection, failures, changes, model, answered };
}

describe('the open recording', () => {
  test('is what was asked for last, in whatever order the answers come', async () => {
    const { connection, model, changes } = setUp();
    const [first, second] = [model.open('a'), model.open('b')];
    const [a, b] = [connection.take('slowcatch/open'), connection.take('slowcatch/open')];
    b.answer(viewOf('b'));
    a.answer(viewOf('a'));
    await Promise.all([first, second]);
    expect(model.view?.entry.id).toBe('b');
    expect(changes).toEqual(['open']);
  });

  test('stays when another one cannot be opened', async () => {
    const { connection, model, answered } = setUp();
    await answered(model.open('a'), 'slowcatch/open', viewOf('a'));
    const opening = model.open('b');
    connection.take('slowcatch/open').fail(new Error('damaged'));
    await expect(opening).rejects.toThrow('damaged');
    expect(model.view?.entry.id).toBe('a');
  });

  test('does not come back when it was closed while it opened', async () => {
    const { model, answered } = setUp();
    const opening = model.open('a');
    model.close();
    await answered(opening, 'slowcatch/open', viewOf('a'));
    expect(model.view).toBeUndefined();
  });

  test('follows its new name, keeps its files, and is closed when it is deleted', async () => {
    const { model, answered, changes } = setUp();
    const view = viewOf('a');
    await answered(model.open('a'), 'slowcatch/open', view);
    await answered(model.refresh(), 'slowcatch/recordings', [entry('a')]);
    expect(changes).toEqual(['open', 'recordings']);
    await answered(model.refresh(), 'slowcatch/recordings', [entry('a', { name: 'before the fix' })]);
    expect(model.view?.entry.name).toBe('before the fix');
    expect(model.view?.files).toBe(view.files);
    await answered(model.refresh(), 'slowcatch/recordings', []);
    expect(model.view).toBeUndefined();
  });

  test('can be told where its files are; without one nothing is asked', async () => {
    const { model, answered } = setUp();
    await model.mapFolder('/w');
    await answered(model.open('a'), 'slowcatch/open', { ...viewOf('a'), missingFolder: '/other' });
    await answered(model.mapFolder('/w'), 'slowcatch/mapFolder', viewOf('a'));
    expect(model.view?.missingFolder).toBeUndefined();
  });
});

describe('the list of recordings', () => {
  test('is asked for again when the server says so; a failure is reported', async () => {
    const { connection, model, failures } = setUp();
    connection.notify('slowcatch/recordingsChanged', null);
    connection.take('slowcatch/recordings').answer([entry('a')]);
    await expect.poll(() => model.entries).toHaveLength(1);
    connection.notify('slowcatch/recordingsChanged', null);
    connection.take('slowcatch/recordings').fail(new Error('gone'));
    await expect.poll(() => failures).toHaveLength(1);
    expect(model.entries).toHaveLength(1);
  });

  test('an older answer does not replace a newer one', async () => {
    const { connection, model } = setUp();
    const both = [model.refresh(), model.refresh()];
    const [older, newer] = [connection.take('slowcatch/recordings'), connection.take('slowcatch/recordings')];
    newer.answer([entry('a'), entry('b')]);
    older.answer([entry('a')]);
    await Promise.all(both);
    expect(model.entries).toHaveLength(2);
  });

  test('is there with the first answer, although it was asked for again meanwhile', async () => {
    const { connection, model } = setUp();
    const first = model.refresh();
    void model.refresh();
    connection.take('slowcatch/recordings').answer([entry('a')]);
    await first;
    expect(model.entries).toHaveLength(1);
  });
});

describe('captures', () => {
  test('are known until they are saved or failed', () => {
    const { connection, model } = setUp();
    connection.notify('slowcatch/capture', progress('a', 'recording'));
    connection.notify('slowcatch/capture', progress('b', 'waiting'));
    connection.notify('slowcatch/capture', progress('a', 'saved'));
    expect(model.captures.map(({ id }) => id)).toEqual(['b']);
  });

  test('of a server that ended are over when their recordings are', async () => {
    const { connection, model, answered } = setUp();
    connection.notify('slowcatch/capture', progress('a', 'recording'));
    connection.take('slowcatch/watchRuntime');
    await answered(model.refresh(), 'slowcatch/recordings', [entry('a', { state: 'unfinished' })]);
    expect(model.captures).toEqual([]);
  });

  test('tell what they collect, that of the thread that collects longest, until they are over', () => {
    const { connection, model } = setUp();
    const update = generateUpdate({ seconds: 5, collectionsPerSecond: 8 }, 0, 'a');
    const idle = {
      ...update,
      threadId: 1,
      statistics: { ...update.statistics, all: { ...update.statistics.all, totalMilliseconds: 0 } },
    };
    connection.notify('slowcatch/capture', progress('a', 'waiting'));
    connection.notify('slowcatch/capture', progress('a', 'recording'));
    connection.take('slowcatch/watchRuntime');
    connection.notify('slowcatch/capture', progress('a', 'recording'));
    expect(() => connection.take('slowcatch/watchRuntime')).toThrow('was not asked for');
    connection.notify('slowcatch/runtimeUpdate', update);
    const said = model.runtime.get('a');
    expect(said).toMatch(/^GC [\d.]+ % · p95 [\d.]+ ms$/);
    connection.notify('slowcatch/runtimeUpdate', { ...idle, statistics: { ...idle.statistics, share: 0 } });
    expect(model.runtime.get('a')).toBe(said);
    connection.notify('slowcatch/capture', progress('a', 'saved'));
    expect(model.runtime.size).toBe(0);
  });

  test('nothing is listened to after dispose', () => {
    const { connection, model } = setUp();
    model.dispose();
    expect(connection.handlers).toBe(0);
  });
});

describe('the text of a failure', () => {
  test.each([
    [
      'with advice',
      Object.assign(new Error('x'), { data: { code: 'c', message: 'It broke.', advice: 'Mend it.' } }),
      'It broke. Mend it.',
    ],
    ['without', new Error('It broke.'), 'It broke.'],
    ['with other data', Object.assign(new Error('It broke.'), { data: { advice: 1 } }), 'It broke.'],
    ['not an error', 'It broke.', 'It broke.'],
    ['with a link in a name', new Error('No [x](command:quit).'), 'No [x] (command:quit).'],
  ])('%s', (_, error, expected) => {
    expect(failureText(error)).toBe(expected);
  });
});
