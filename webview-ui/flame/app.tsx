import { useEffect, useState } from 'preact/hooks';
import type { FlameKept, FlamePage, FromFlame, SpeedscopeFiles } from '../../src/contracts/views/flame.ts';
import type { Connection } from '../host/connect.ts';
import { Drawing, type Asked } from './drawing.tsx';
import { useFile, useSpeedscope, useTable } from './fetched.ts';
import { Table } from './function-table.tsx';
import { Empty, Failed, Reading } from './messages.tsx';
import type { Position } from './speedscope-view.ts';
import { Toolbar, type Tab } from './toolbar.tsx';

export type Shown =
  | { readonly state: 'reading'; readonly text: string }
  | { readonly state: 'failed'; readonly message: string; readonly advice: string }
  | { readonly state: 'shown'; readonly page: FlamePage; readonly focus?: Asked };

interface AppProps {
  readonly shown: Shown;
  /** Absent until the extension has told. */
  readonly speedscope: SpeedscopeFiles | undefined;
  readonly nonce: string;
  readonly connection: Connection<FromFlame, FlameKept>;
}

export function App({ shown, speedscope, nonce, connection }: AppProps) {
  const page = shown.state === 'shown' ? shown.page : undefined;
  const { kept, keep } = useKept(connection, page);
  const { problem, onFailed } = useProblem(page);
  const { focus, focusHere } = useFocus(shown, () => keep({ tab: 'flame' }));
  const [track, setTrack] = useState<Asked>();
  const tab: Tab = problem === undefined ? kept.tab : 'table';
  const file = useFile(page?.flameFile, onFailed);
  const parts = useSpeedscope(speedscope, onFailed);
  const table = useTable(tab === 'table' ? page?.tableFile : undefined, onFailed);
  const post = (message: FromFlame): void => connection.post(message);
  const open = (index: number): void => post({ type: 'open', index });
  const isDrawn = page?.flameFile !== undefined;
  const position = kept.position as Partial<Position>;
  return (
    <>
      {page && isDrawn && (
        <Toolbar
          {...{ page, tab, post }}
          onTab={next => keep({ tab: next })}
          track={position.track ?? 0}
          onTrack={value => setTrack(before => ({ value, turn: (before?.turn ?? 0) + 1 }))}
        />
      )}
      {shown.state === 'reading' && <Reading text={shown.text} />}
      {shown.state === 'failed' && <Failed {...shown} onRetry={() => post({ type: 'retry' })} />}
      {page && !isDrawn && <Empty {...{ page, post }} />}
      {problem !== undefined && (
        <p class="problem" role="alert">
          The flamegraph cannot be drawn: {problem} The table has the same functions.
        </p>
      )}
      <div class="panels">
        <section
          id="panel-flame"
          role="tabpanel"
          aria-labelledby="tab-flame"
          hidden={tab !== 'flame' || !isDrawn}
        >
          {parts && problem === undefined && (
            <Drawing
              {...{ file, position, parts, nonce, track, focus, onFailed }}
              isTimeOrdered={page?.order === 'time'}
              onMove={next => keep({ position: next })}
              onOpen={open}
              onPainted={() => document.body.classList.add('painted')}
            />
          )}
        </section>
        <section
          id="panel-table"
          role="tabpanel"
          aria-labelledby="tab-table"
          hidden={tab !== 'table' || !isDrawn}
        >
          {table && (
            <Table
              {...{ table, sort: kept.sort }}
              onSort={sort => keep({ sort })}
              onOpen={open}
              onFocus={focusHere}
            />
          )}
        </section>
      </div>
    </>
  );
}

/** What comes back after hiding: of another metric or order positions mean other bars. */
function useKept(connection: Connection<FromFlame, FlameKept>, page: FlamePage | undefined) {
  const [kept, setKept] = useState<Partial<FlameKept>>(connection.kept ?? {});
  const { metric, order } = page ?? {};
  const isSame = kept.metric === metric && kept.order === order;
  const now = (before: Partial<FlameKept>, isFor: boolean): FlameKept => ({
    ...(metric ? { metric } : {}),
    ...(order ? { order } : {}),
    tab: before.tab ?? 'flame',
    sort: before.sort ?? 'self',
    position: (isFor && before.position) || {},
  });
  const keep = (change: Partial<FlameKept>): void =>
    setKept(before => {
      const next = { ...now(before, before.metric === metric && before.order === order), ...change };
      if (page) connection.keep(next);
      return next;
    });
  return { kept: now(kept, isSame), keep };
}

/** Why the page cannot be drawn; another page may. */
function useProblem(page: FlamePage | undefined) {
  const [problem, setProblem] = useState<{ readonly of: string | undefined; readonly text: string }>();
  const of = page?.tableFile;
  return {
    problem: page && problem?.of === of ? problem?.text : undefined,
    onFailed: (text: string): void => setProblem({ of, text }),
  };
}

/** Of the extension's wish and of the page's own the later one counts. */
function useFocus(shown: Shown, onFocus: () => void) {
  const told = shown.state === 'shown' ? shown.focus : undefined;
  const [focus, setFocus] = useState<Asked>();
  const ask = (value: number): void => {
    setFocus(before => ({ value, turn: (before?.turn ?? 0) + 1 }));
    onFocus();
  };
  useEffect(() => {
    if (told) ask(told.value);
  }, [told?.turn]);
  return { focus, focusHere: ask };
}
