import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import type { NestedOperation, OperationView } from '../../../src/contracts/views/operation.ts';
import { formatShare } from '../../../src/format/numbers.ts';
import type { Actions } from './actions.ts';
import { Behind } from './axis.tsx';
import { timeText, untrusted } from './bar-words.ts';
import { shareOf } from './track.tsx';

interface Props {
  readonly view: OperationView;
  readonly seen: Span;
  /** Of the tracks. */
  readonly pixels: number;
  readonly brushed: Span | undefined;
  readonly actions: Actions;
}

/** Operations inside this one, on the same time line. */
export function Nested({ view, ...rest }: Props) {
  if (view.nested.length === 0) return null;
  return (
    <>
      <h2 class="wide">Inside it</h2>
      {view.nested.map((inner, index) => (
        <Row key={index} inner={inner} duration={view.durationMilliseconds} {...rest} />
      ))}
    </>
  );
}

interface RowProps extends Omit<Props, 'view'> {
  readonly inner: NestedOperation;
  readonly duration: number;
}

function Row({ inner, seen, pixels, brushed, duration, actions }: RowProps) {
  const { name, key, depth, fromMilliseconds: from, milliseconds: length } = inner;
  const said = untrusted(name);
  const at = shareOf(from, seen);
  return (
    <>
      <div class="head plain nested" style={{ '--depth': String(depth) }} title={said}>
        {key === undefined ? (
          said
        ) : (
          <button type="button" class="link" onClick={() => actions.post({ type: 'operation', key, name })}>
            {said}
          </button>
        )}
      </div>
      <div class="track-cell">
        <Behind {...{ seen, pixels, brushed }} />
        <div class="track" aria-hidden="true">
          <div
            class="bar inner"
            hidden={from + length < seen.from || from > seen.to}
            style={{ '--at': String(at), '--width': String(shareOf(from + length, seen) - at) }}
          />
        </div>
      </div>
      <div class="number ms">{timeText(length)}</div>
      <div class="number share">{formatShare(duration > 0 ? length / duration : 0)}</div>
      <div class="where quiet">from {timeText(from)}</div>
    </>
  );
}
