import type { FunctionWeights } from '../../analysis/stacks/function-weights.ts';
import { formatCount, formatShare, significant } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import type { StackProfile, StackUnit } from '../../model/stacks/stack-profile.ts';
import { markup, type Html } from './html.ts';
import { placeText } from './place-text.ts';

const MOST_ROWS = 100;

/** The graph as text: the hottest functions of all threads. */
export function functionTable(
  { functions, unit, tracks }: StackProfile,
  weights: FunctionWeights,
): Html | '' {
  const { self, total, sum } = weights;
  const order = [...functions.keys()].filter(index => self[index]! > 0);
  if (order.length === 0) return '';
  order.sort((a, b) => self[b]! - self[a]! || total[b]! - total[a]! || a - b);
  const shown = order.slice(0, MOST_ROWS);
  const scale = scaleOf(Math.max(...shown.map(index => total[index]!)), unit);
  const number = (value: number): string => significant(value / scale.size);
  const rows = shown.map(index => {
    const { name } = functions[index]!;
    return markup`<tr>
      <th scope="row">${plainText(name)}</th>
      <td class="place">${placeText(functions[index]!)}</td>
      <td>${number(self[index]!)}</td>
      <td>${formatShare(self[index]! / sum)}</td>
      <td>${number(total[index]!)}</td>
      <td>${formatShare(total[index]! / sum)}</td>
    </tr>`;
  });
  const more = order.length - shown.length;
  return markup`<section aria-labelledby="table-title">
    <h2 id="table-title">Hottest functions${tracks.length > 1 ? ' of all threads' : ''}</h2>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Function</th>
            <th scope="col">Place</th>
            <th scope="col">Self, ${scale.unit}</th>
            <th scope="col">Self, share</th>
            <th scope="col">Total, ${scale.unit}</th>
            <th scope="col">Total, share</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${more > 0 ? markup`<p class="note">${formatCount(more)} more functions have less.</p>` : ''}
  </section>`;
}

/** One unit for a column: the largest value has up to four digits before the point, so that small ones have few zeros. */
function scaleOf(largest: number, unit: StackUnit): { size: number; unit: string } {
  const units = unit === 'bytes' ? ['B', 'KB', 'MB', 'GB', 'TB'] : ['µs', 'ms', 's'];
  const step = Math.max(0, Math.min(units.length - 1, Math.floor((Math.log10(largest) - 1) / 3)));
  return { size: 1000 ** step, unit: units[step]! };
}
