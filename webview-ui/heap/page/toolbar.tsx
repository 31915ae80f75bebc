import type { HeapKept, HeapTab } from '../../../src/contracts/views/heap.ts';
import { formatCount } from '../../../src/format/numbers.ts';
import { untrusted } from '../words.ts';

/** What the dominator tree begins with, where that is not the root. */
export interface Base {
  readonly node: number;
  /** Untrusted. */
  readonly words: string;
}

interface Props {
  readonly kept: HeapKept;
  readonly keep: (kept: HeapKept) => void;
  readonly base: Base | undefined;
  /** Of the rows at the top; absent until they have come. */
  readonly total: number | undefined;
  readonly onAll: () => void;
  readonly copy: () => void;
}

const TABS: readonly { readonly tab: HeapTab; readonly title: string; readonly tells: string }[] = [
  { tab: 'classes', title: 'Classes', tells: 'Objects by class' },
  {
    tab: 'dominators',
    title: 'Dominators',
    tells: 'What would be free without each object, from the roots on',
  },
];

export function Toolbar({ kept, keep, base, total, onAll, copy }: Props) {
  return (
    <div class="toolbar">
      <div class="tabs" role="group" aria-label="View">
        {TABS.map(({ tab, title, tells }) => (
          <button
            key={tab}
            type="button"
            title={tells}
            aria-pressed={kept.tab === tab}
            onClick={() => keep({ ...kept, tab })}
          >
            {title}
          </button>
        ))}
      </div>
      {kept.tab === 'classes' ? <Filter {...{ kept, keep }} /> : <Below {...{ base, onAll }} />}
      <span class="quiet" role="status">
        {total === undefined ? '' : countText(total, kept)}
      </span>
      <span class="room" />
      <button type="button" title="The rows that are unfolded, with their numbers" onClick={copy}>
        Copy as Text
      </button>
    </div>
  );
}

const Filter = ({ kept, keep }: Pick<Props, 'kept' | 'keep'>) => (
  <input
    type="search"
    placeholder="Filter by class or file"
    aria-label="Filter classes by name or file"
    value={kept.filter}
    onInput={event => keep({ ...kept, filter: event.currentTarget.value })}
  />
);

function Below({ base, onAll }: Pick<Props, 'base' | 'onAll'>) {
  if (!base) return <span class="quiet">All that the roots hold</span>;
  return (
    <span>
      What {untrusted(base.words)} retains{' '}
      <button type="button" class="link" onClick={onAll}>
        Show all
      </button>
    </span>
  );
}

function countText(total: number, { tab, filter }: HeapKept): string {
  if (tab === 'dominators') return total === 1 ? '1 object' : `${formatCount(total)} objects`;
  if (total === 0) return filter === '' ? 'no classes' : 'no class has this in its name or file';
  return total === 1 ? '1 class' : `${formatCount(total)} classes`;
}
