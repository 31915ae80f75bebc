import type { HeapSubject, HeapSummary } from '../../../src/contracts/heap-rows.ts';
import { formatShare } from '../../../src/format/numbers.ts';
import { summaryText } from '../summary-text.ts';
import { sizeText, untrusted } from '../words.ts';

interface Props {
  readonly summary: HeapSummary;
  readonly onPoint: (subject: HeapSubject) => void;
}

/** How much there is, and what holds most of it. */
export function Summary({ summary, onPoint }: Props) {
  const { name, largest, totalBytes } = summary;
  return (
    <div class="summary">
      <h1 title={untrusted(name)}>{untrusted(name)}</h1>
      <p class="sentence">
        {summaryText(summary)}
        {largest.map(({ node, words, holder, retainedBytes }, index) => (
          <span key={node}>
            {index === 0 ? ' What retains most: ' : index === largest.length - 1 ? ' and ' : ', '}
            <button type="button" class="link" onClick={() => onPoint({ kind: 'object', number: node })}>
              {untrusted(words)}
            </button>
            {holder !== undefined && ` in ${untrusted(holder)}`}
            {` (${sizeText(retainedBytes)}, ${formatShare(retainedBytes / totalBytes)})`}
          </span>
        ))}
        {largest.length > 0 && '.'}
      </p>
    </div>
  );
}
