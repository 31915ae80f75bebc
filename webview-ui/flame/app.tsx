import { useCallback, useEffect, useState } from 'preact/hooks';
import type {
  FlameKept,
  FlamePage,
  FromFlame,
  FunctionTable,
  SpeedscopeFiles,
} from '../../src/contracts/views/flame.ts';
import type { Connection } from '../host/connect.ts';
import { Drawing } from './drawing.tsx';
import { Table } from './function-table.tsx';
import { loadSpeedscope, type SpeedscopeParts } from './speedscope-parts.ts';
import type { Position } from './speedscope-view.ts';
import { Toolbar, type Tab } from './toolbar.tsx';

export type Shown =
  | { readonly state: 'reading'; readonly text: string }
  | { readonly state: 'failed'; readonly message: string; readonly advice: string }
  | {
      readonly state: 'shown';
      readonly page: FlamePage;
      readonly speedscope: SpeedscopeFiles;
      readonly focus?: { readonly index: number; readonly turn: number };
    };

interface AppProps {
  readonly shown: Shown;
  readonly nonce: string;
  readonly connection: Connection<FromFlame, FlameKept>;
}

export function App({ shown, nonce, connection }: AppProps) {
  const retry = (): void => connection.post({ type: 'retry' });
  if (shown.state === 'reading') return <Reading text={shown.text} />;
  if (shown.state === 'failed') return <Failed {...shown} onRetry={retry} />;
  return <Profile key={shown.page.tableFile} {...{ ...shown, nonce, connection }} />;
}

function Reading({ text }: { readonly text: string }) {
  return (
    <div class="message" role="status" aria-busy="true">
      <div class="progress" />
      <p class="quiet">{text}</p>
    </div>
  );
}

interface FailedProps {
  readonly message: string;
  readonly advice: string;
  readonly onRetry: () => void;
}

function Failed({ message, advice, onRetry }: FailedProps) {
  return (
    <div class="message" role="alert">
      <p>{message}</p>
      <p class="quiet">{advice}</p>
      <button class="main" onClick={onRetry}>
        Try Again
      </button>
    </div>
  );
}

type ProfileProps = Extract<Shown, { readonly state: 'shown' }> & Omit<AppProps, 'shown'>;

function Profile({ page, speedscope, focus, nonce, connection }: ProfileProps) {
  const [kept, setKept] = useState<FlameKept>(() => initial(connection.kept, page));
  const [problem, setProblem] = useState<string>();
  const keep = useCallback((change: Partial<FlameKept>): void => {
    setKept(before => {
      const next = { ...before, ...change };
      connection.keep(next);
      return next;
    });
  }, []);
  const post = (message: FromFlame): void => connection.post(message);
  const open = (index: number): void => post({ type: 'open', index });
  const [local, setLocal] = useState<{ readonly index: number; readonly turn: number }>();
  const focusHere = (index: number): void => {
    setLocal(before => ({ index, turn: (before?.turn ?? LOCAL_TURNS) + 1 }));
    keep({ tab: 'flame' });
  };
  useEffect(() => {
    if (!focus) return;
    setLocal(undefined);
    keep({ tab: 'flame' });
  }, [focus?.turn]);
  const [track, setTrack] = useState<{ readonly track: number; readonly turn: number }>();
  const position = kept.position as Partial<Position>;
  const tab: Tab = problem !== undefined || page.flameFile === undefined ? 'table' : kept.tab;
  const file = useFile(page.flameFile, setProblem);
  const parts = useSpeedscope(speedscope, setProblem);
  const table = useTable(page.tableFile, tab === 'table' && page.empty === undefined, setProblem);
  if (page.empty !== undefined) return <Empty {...{ page, post }} text={page.empty} />;
  return (
    <>
      <Toolbar
        {...{ page, tab, post }}
        onTab={next => keep({ tab: next })}
        track={position.track ?? 0}
        onTrack={track => setTrack(before => ({ track, turn: (before?.turn ?? 0) + 1 }))}
      />
      {problem !== undefined && (
        <p class="problem" role="alert">
          The flamegraph cannot be drawn: {problem} The table has the same functions.
        </p>
      )}
      <section id="panel-flame" role="tabpanel" aria-labelledby="tab-flame" hidden={tab !== 'flame'}>
        {file && parts && problem === undefined && (
          <Drawing
            {...{ file, parts, nonce, position, track, focus: local ?? focus }}
            isTimeOrdered={page.order === 'time'}
            onMove={next => keep({ position: next })}
            onOpen={open}
            onPainted={() => document.body.classList.add('painted')}
            onFailed={setProblem}
          />
        )}
      </section>
      <section id="panel-table" role="tabpanel" aria-labelledby="tab-table" hidden={tab !== 'table'}>
        {table && (
          <Table
            {...{ table, sort: kept.sort }}
            onSort={sort => keep({ sort })}
            onOpen={open}
            onFocus={focusHere}
          />
        )}
      </section>
    </>
  );
}

/** Turns of the page's own do not collide with those of the extension. */
const LOCAL_TURNS = 1_000_000;

function Empty({ page, post, text }: { page: FlamePage; post: (message: FromFlame) => void; text: string }) {
  return (
    <>
      {page.metrics.length > 1 && (
        <Toolbar
          {...{ page, post }}
          tab="table"
          onTab={() => undefined}
          track={0}
          onTrack={() => undefined}
        />
      )}
      <div class="message" role="status">
        <p>{text}</p>
      </div>
    </>
  );
}

function initial(kept: Partial<FlameKept> | undefined, { metric, order }: FlamePage): FlameKept {
  // Positions of another metric mean other functions, of another order other bars.
  const isSame = kept?.metric === metric && kept.order === order;
  return {
    metric,
    order,
    tab: kept?.tab ?? 'flame',
    position: (isSame && kept.position) || {},
    sort: kept?.sort ?? 'self',
  };
}

/** Fetched at once: it is what is seen first. */
function useFile(address: string | undefined, onFailed: (message: string) => void): File | undefined {
  const [file, setFile] = useState<File>();
  useEffect(() => {
    if (address === undefined) return undefined;
    return fetched(
      address,
      async response => setFile(new File([await response.blob()], 'profile.speedscope.json')),
      onFailed,
    );
  }, [address]);
  return file;
}

function useSpeedscope(
  files: SpeedscopeFiles,
  onFailed: (message: string) => void,
): SpeedscopeParts | undefined {
  const [parts, setParts] = useState<SpeedscopeParts>();
  useEffect(() => {
    loadSpeedscope(files).then(setParts, (error: unknown) => onFailed(messageOf(error)));
  }, []);
  return parts;
}

/** Fetched when it is first looked at. */
function useTable(
  address: string,
  isWanted: boolean,
  onFailed: (message: string) => void,
): FunctionTable | undefined {
  const [table, setTable] = useState<FunctionTable>();
  useEffect(() => {
    if (!isWanted || table) return undefined;
    return fetched(address, async response => setTable((await response.json()) as FunctionTable), onFailed);
  }, [address, isWanted]);
  return table;
}

/** Answers what gives it up. */
function fetched(
  address: string,
  take: (response: Response) => Promise<void>,
  onFailed: (message: string) => void,
): () => void {
  const controller = new AbortController();
  const get = async (): Promise<void> => {
    const response = await fetch(address, { signal: controller.signal });
    if (!response.ok) throw new Error(`its data is gone (${response.status}).`);
    await take(response);
  };
  get().catch((error: unknown) => {
    if (!controller.signal.aborted) onFailed(messageOf(error));
  });
  return () => controller.abort();
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
