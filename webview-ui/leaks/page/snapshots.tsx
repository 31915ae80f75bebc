import type { SnapshotRow } from '../../../src/contracts/views/leaks.ts';

const COSTS = ['Pause expected', 'Pause', 'Memory expected', 'Memory'];

/** What each snapshot has cost, beside what was said before. */
export function Snapshots({ snapshots }: { readonly snapshots: readonly SnapshotRow[] }) {
  const hasCosts = snapshots.some(({ cost }) => cost);
  return (
    <section class="snapshots" aria-labelledby="snapshots">
      <h2 id="snapshots">Snapshots</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              {['Snapshot', 'Objects', 'File', ...(hasCosts ? COSTS : [])].map(name => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {snapshots.map((snapshot, index) => (
              <tr key={index}>
                {cells(snapshot, index, hasCosts).map((cell, column) => (
                  <td key={column} class="number">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const cells = ({ objects, fileSize, cost }: SnapshotRow, index: number, hasCosts: boolean): string[] => [
  ...[String(index + 1), objects, fileSize],
  ...(hasCosts
    ? [cost?.expectedPause, cost?.measuredPause, cost?.expectedMemory, cost?.measuredMemory].map(
        text => text ?? '',
      )
    : []),
];
