import type { FlameOrder, FlamePage, FromFlame } from '../../src/contracts/views/flame.ts';
import type { Metric } from '../../src/contracts/profile-source.ts';

export type Tab = 'flame' | 'table';

const METRICS: Readonly<Record<Metric, string>> = {
  cpu: 'CPU time',
  allocated: 'Allocated bytes',
  live: 'Live bytes',
};

const ORDERS: Readonly<Record<FlameOrder, string>> = { weight: 'Heaviest first', time: 'Time order' };

const TABS: readonly { readonly tab: Tab; readonly title: string }[] = [
  { tab: 'flame', title: 'Flamegraph' },
  { tab: 'table', title: 'Functions' },
];

interface ToolbarProps {
  readonly page: FlamePage;
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly track: number;
  readonly onTrack: (track: number) => void;
  readonly post: (message: FromFlame) => void;
}

export function Toolbar({ page, tab, onTab, track, onTrack, post }: ToolbarProps) {
  const { metric, metrics, order, orders, total, tracks, notes } = page;
  return (
    <header>
      <div class="toolbar">
        <div class="tabs" role="tablist" aria-label="View">
          {TABS.map(each => (
            <button
              key={each.tab}
              role="tab"
              id={`tab-${each.tab}`}
              aria-controls={`panel-${each.tab}`}
              aria-selected={tab === each.tab}
              tabIndex={tab === each.tab ? 0 : -1}
              onClick={() => onTab(each.tab)}
              onKeyDown={event => moveTab(event, tab, onTab)}
            >
              {each.title}
            </button>
          ))}
        </div>
        <MetricSwitch {...{ page, post }} />
        {orders.length > 1 && tab === 'flame' ? (
          <select
            aria-label="Order"
            value={order}
            onChange={event => post({ type: 'order', order: event.currentTarget.value as FlameOrder })}
          >
            {orders.map(each => (
              <option key={each} value={each}>
                {ORDERS[each]}
              </option>
            ))}
          </select>
        ) : undefined}
        {tracks.length > 1 && tab === 'flame' ? (
          <select
            aria-label="Thread"
            class="track"
            value={track}
            onChange={event => onTrack(Number(event.currentTarget.value))}
          >
            {tracks.map((name, index) => (
              <option key={index} value={index}>
                {name}
              </option>
            ))}
          </select>
        ) : undefined}
        <span class="total">
          {total} {metrics.length > 1 ? '' : METRICS[metric]}
        </span>
        <span class="room" />
        <button onClick={() => post({ type: 'pickFunction' })}>Focus on Function…</button>
        <button onClick={() => post({ type: 'export' })}>Export…</button>
      </div>
      <Notes {...{ page, notes, post }} />
    </header>
  );
}

function Notes({
  page,
  notes,
  post,
}: Pick<ToolbarProps, 'page' | 'post'> & { readonly notes: readonly string[] }) {
  const { hints } = page;
  if (notes.length === 0 && hints === undefined) return undefined;
  return (
    <div class="notes quiet">
      {hints === 'shown' && (
        <span>
          Hints in your files come from this profile.{' '}
          <button class="link" onClick={() => post({ type: 'clearHints' })}>
            Clear hints
          </button>
        </span>
      )}
      {hints === 'hidden' && (
        <button class="link" onClick={() => post({ type: 'showHints' })}>
          Show hints in your files
        </button>
      )}
      {notes.map(note => (
        <span key={note}>{note}</span>
      ))}
    </div>
  );
}

export function MetricSwitch({ page, post }: Pick<ToolbarProps, 'page' | 'post'>) {
  const { metric, metrics } = page;
  if (metrics.length < 2) return undefined;
  return (
    <select
      aria-label="What is weighed"
      value={metric}
      onChange={event => post({ type: 'metric', metric: event.currentTarget.value as Metric })}
    >
      {metrics.map(each => (
        <option key={each} value={each}>
          {METRICS[each]}
        </option>
      ))}
    </select>
  );
}

/** As tabs do: arrows move and select. */
function moveTab(event: KeyboardEvent, tab: Tab, onTab: (tab: Tab) => void): void {
  if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
  event.preventDefault();
  const next: Tab = tab === 'flame' ? 'table' : 'flame';
  onTab(next);
  document.getElementById(`tab-${next}`)?.focus();
}
