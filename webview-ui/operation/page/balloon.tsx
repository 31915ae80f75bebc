import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import type { OperationRow, OperationBar } from '../../../src/contracts/views/operation.ts';
import { barWords } from './bar-words.ts';
import { shareOf } from './track.tsx';

interface Props {
  readonly row: OperationRow;
  readonly bar: OperationBar;
  readonly seen: Span;
  readonly duration: number;
}

/** Names the exact wait below its bar. Screen readers get the same with the bar. */
export function Balloon({ row, bar, seen, duration }: Props) {
  const { title, when, what, overlaps } = barWords(row, bar, duration);
  const middle = bar.fromMilliseconds + bar.milliseconds / 2;
  const at = shareOf(Math.min(Math.max(middle, seen.from), seen.to), seen);
  return (
    <div class="balloon" aria-hidden="true" style={{ '--at': String(at) }}>
      <div>
        <b>{title}</b> <span class="quiet">{when}</span>
      </div>
      {what.map(text => (
        <div key={text} class="said">
          {text}
        </div>
      ))}
      {overlaps.length > 0 && (
        <div class="quiet">
          At the same time:
          {overlaps.slice(0, MOST_OVERLAPS).map((text, index) => (
            <div key={index} class="said">
              {text}
            </div>
          ))}
          {overlaps.length > MOST_OVERLAPS && <div>and {overlaps.length - MOST_OVERLAPS} more</div>}
        </div>
      )}
    </div>
  );
}

const MOST_OVERLAPS = 5;
