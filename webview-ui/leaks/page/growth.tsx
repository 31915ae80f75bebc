import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LeakRow } from '../../../src/contracts/views/leaks.ts';
import { readTheme } from '../../runtime/charts/theme.ts';
import { GrowthChart } from '../growth-chart.ts';
import type { Actions } from './actions.ts';
import { untrusted } from './words.ts';

interface Props {
  readonly row: LeakRow;
  readonly isTableShown: boolean;
  readonly actions: Actions;
  readonly themes: number;
}

/** What each epoch has brought: a picture, and its table. */
export function Growth({ row, isTableShown, actions, themes }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<GrowthChart | undefined>(undefined);
  const { className, state, epochs } = row;
  const counts = epochs.map(({ count }) => count);
  useLayoutEffect(() => {
    if (!canvas.current) return;
    chart.current ??= new GrowthChart(canvas.current);
    chart.current.draw(counts, state, readTheme());
  }, [counts.join(), state, themes]);
  useLayoutEffect(() => () => chart.current?.dispose(), []);
  const said = epochs.map(({ countText }) => countText).join(', ');
  return (
    <section class="growth" aria-labelledby="growth">
      <div class="head">
        <h2 id="growth">Objects that each epoch has left</h2>
        <button type="button" class="link" aria-expanded={isTableShown} onClick={() => actions.toggleTable()}>
          {isTableShown ? 'Hide table' : 'Show as table'}
        </button>
      </div>
      <div class="plot">
        <canvas ref={canvas} role="img" aria-label={`${untrusted(className)} by epoch: ${said}`} />
      </div>
      {isTableShown && <GrowthTable epochs={epochs} />}
    </section>
  );
}

const GrowthTable = ({ epochs }: Pick<LeakRow, 'epochs'>) => (
  <div class="scroll">
    <table class="data">
      <thead>
        <tr>
          {['Epoch', 'Objects', 'Bytes'].map(name => (
            <th key={name} scope="col" class="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {epochs.map(({ countText, bytesText }, index) => (
          <tr key={index}>
            <td class="number">{index + 1}</td>
            <td class="number">{countText}</td>
            <td class="number">{bytesText}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
