/** The rows: a treegrid of which only what is seen is in the page. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { HeapOrder, HeapSummary } from '../../../src/contracts/heap-rows.ts';
import type { HeapKept } from '../../../src/contracts/views/heap.ts';
import type { SourcePlace } from '../../../src/contracts/source-place.ts';
import { actOf, type Line } from '../tree.ts';
import { GridHead } from './grid-head.tsx';
import { GridRow } from './grid-row.tsx';
import type { LoadedTree } from './use-tree.ts';

interface Props extends Pick<LoadedTree, 'load' | 'fold'> {
  readonly lines: readonly Line[];
  /** Index of the line that keys act on. */
  readonly at: number;
  readonly summary: HeapSummary;
  readonly hasCounts: boolean;
  /** Absent where there is one order only. */
  readonly order: Pick<HeapKept, 'order' | 'isAscending'> | undefined;
  readonly onOrder: (order: HeapOrder) => void;
  readonly onActive: (path: string) => void;
  readonly onOpen: (place: SourcePlace) => void;
  readonly copy: () => void;
}

/** As in heap.css. */
const ROW_PIXELS = 22;
const HEAD_PIXELS = 26;
/** Rows above and below what is seen: for who scrolls faster than the page is drawn. */
const MARGIN = 12;

export function Grid(props: Props) {
  const { lines, at, summary, hasCounts, order, onOrder, onActive, onOpen, load, fold, copy } = props;
  const box = useRef<HTMLDivElement>(null);
  const seen = useSeen(box);
  const first = Math.max(0, Math.floor(seen.top / ROW_PIXELS) - MARGIN);
  const last = Math.min(lines.length, Math.ceil((seen.top + seen.height) / ROW_PIXELS) + MARGIN);
  useRest(lines, last, load);

  const go = (to: number): void => {
    const line = lines[to];
    if (!line) return;
    onActive(line.path);
    if (box.current) reveal(box.current, to);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const isCopy = event.key === 'c' && (event.ctrlKey || event.metaKey);
    if (isCopy && String(getSelection()) === '') copy();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(seen.height / ROW_PIXELS) - 2);
    const act = event.target === box.current ? actOf(lines, at, event.key, page) : undefined;
    if (!act) return;
    event.preventDefault();
    if (act.act === 'go') go(act.to);
    else if (act.act === 'fold') fold(act.path, act.isUnfolded);
    else if (act.act === 'more') load(act.branch);
    else if (act.row.place) onOpen(act.row.place);
  };

  return (
    <div
      ref={box}
      class={`grid${hasCounts ? ' counted' : ''}`}
      role="treegrid"
      tabIndex={0}
      aria-label={hasCounts ? 'Classes and their objects' : 'Objects and what they retain'}
      aria-rowcount={lines.length + 1}
      aria-activedescendant={at >= first && at < last ? `line-${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      <GridHead {...{ hasCounts, order, onOrder }} />
      <div class="space" role="rowgroup" style={{ height: `${lines.length * ROW_PIXELS}px` }}>
        <div class="drawn" role="none" style={{ transform: `translateY(${first * ROW_PIXELS}px)` }}>
          {lines.slice(first, last).map((line, offset) => (
            <GridRow
              key={line.path}
              {...{ line, summary, hasCounts, load, fold, onOpen }}
              index={first + offset}
              isActive={first + offset === at}
              onActive={() => onActive(line.path)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** Which pixels of the rows are before the user. */
function useSeen(box: { readonly current: HTMLDivElement | null }) {
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const look = (): void => setSeen({ top: element.scrollTop, height: element.clientHeight });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return seen;
}

/** Where the rows at the top end in sight, the next ones are asked for. */
function useRest(lines: readonly Line[], last: number, load: (branch: string) => void): void {
  const line = lines.at(-1);
  const isSeen =
    line?.kind === 'rest' && line.branch === '' && line.problem === undefined && last === lines.length;
  useEffect(() => {
    if (isSeen) load('');
  }, [isSeen, lines.length]);
}

function reveal(box: HTMLElement, index: number): void {
  const top = index * ROW_PIXELS;
  const room = box.clientHeight - HEAD_PIXELS - ROW_PIXELS;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top > box.scrollTop + room) box.scrollTop = top - room;
}
