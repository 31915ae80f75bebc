import type { OperationView } from '../../../src/contracts/views/operation.ts';
import { formatCount, formatShare } from '../../../src/format/numbers.ts';
import { CERTAINTY_WORDS, rowTitle } from '../../../src/format/operation-words.ts';
import type { Actions } from './actions.ts';
import { itemOf, timeText, untrusted } from './bar-words.ts';
import { PlaceLink } from './place-link.tsx';

const MOST_ROWS = 1000;

interface Props {
  readonly view: OperationView;
  readonly actions: Actions;
}

/** All stretches in the order of time, as a table. */
export function Stretches({ view, actions }: Props) {
  const all = view.rows
    .flatMap(row => row.bars.map(bar => ({ row, bar })))
    .toSorted((a, b) => a.bar.fromMilliseconds - b.bar.fromMilliseconds);
  const caption =
    all.length > MOST_ROWS
      ? `The first ${formatCount(MOST_ROWS)} of ${formatCount(all.length)} stretches`
      : `${formatCount(all.length)} stretches in the order of time`;
  return (
    <div class="data" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class="quiet">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" class="number">
              From
            </th>
            <th scope="col" class="number">
              Time
            </th>
            <th scope="col" class="number">
              Share
            </th>
            <th scope="col">Kind</th>
            <th scope="col">Line</th>
            <th scope="col">For what</th>
            <th scope="col">At the same time</th>
          </tr>
        </thead>
        <tbody>
          {all.slice(0, MOST_ROWS).map(({ row, bar }, index) => {
            const item = itemOf(row, bar);
            const sure = bar.certainty === 'measured' ? '' : ` (${CERTAINTY_WORDS[bar.certainty]})`;
            return (
              <tr key={index}>
                <td class="number">{timeText(bar.fromMilliseconds)}</td>
                <td class="number">{timeText(bar.milliseconds)}</td>
                <td class="number">{formatShare(bar.milliseconds / (view.durationMilliseconds || 1))}</td>
                <td>
                  {rowTitle(row)}
                  {sure}
                </td>
                <td>{item?.place && <PlaceLink place={item.place} actions={actions} />}</td>
                <td class="long">{untrusted(item?.text ?? '')}</td>
                <td class="long">{bar.overlaps.map(untrusted).join('; ')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
