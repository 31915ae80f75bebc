/** One class or object: its numbers, where it is made, and what holds it. */
import type { HeapDetail, HeapHolder, HeapSubject, HeapSummary } from '../../../src/contracts/heap-rows.ts';
import type { SourcePlace } from '../../../src/contracts/source-place.ts';
import { formatCount, formatShare } from '../../../src/format/numbers.ts';
import { sizeText, untrusted, untrustedText } from '../words.ts';
import { Place } from './place.tsx';
import type { Base } from './toolbar.tsx';

interface Props {
  readonly detail: HeapDetail | undefined;
  readonly summary: HeapSummary;
  readonly onOpen: (place: SourcePlace) => void;
  readonly onPoint: (subject: HeapSubject) => void;
  readonly onRetained: (base: Base) => void;
}

export function Detail(props: Props) {
  const { detail, summary, onOpen, onRetained } = props;
  if (!detail) return <aside class="detail quiet">Choose a row to see what holds it.</aside>;
  const { row, of, text, kind, heldBy } = detail;
  const share = formatShare(summary.totalBytes > 0 ? row.retainedBytes / summary.totalBytes : 0);
  const facts = [
    ...(row.count === undefined ? [] : [countText(row.count)]),
    ...(kind === 'object' ? [] : [kind]),
    `${sizeText(row.selfBytes)} itself`,
    `retains ${sizeText(row.retainedBytes)}, ${share}`,
  ];
  const place = row.place ?? heldBy.at(-1)?.place;
  return (
    <aside class="detail" aria-label="Details">
      <h2>
        {untrusted(row.name)} {row.id !== undefined && <span class="quiet">@{row.id}</span>}
      </h2>
      <ul class="facts">
        {facts.map(fact => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {place && (
        <p>
          <Place {...{ place, onOpen }} isInTabOrder />
        </p>
      )}
      {text !== undefined && <pre>{untrustedText(text)}</pre>}
      <HeldBy {...props} detail={detail} />
      {of.hasBelow && (
        <button
          type="button"
          onClick={() => onRetained({ node: of.number, words: heldBy.at(-1)?.words ?? of.name })}
        >
          Show What It Retains
        </button>
      )}
    </aside>
  );
}

const countText = (count: number): string => (count === 1 ? '1 object' : `${formatCount(count)} objects`);

function HeldBy({ detail, onOpen, onPoint }: Props & { readonly detail: HeapDetail }) {
  const { row, of, heldBy, omitted } = detail;
  const holders = heldBy.slice(0, -1);
  const title = row.kind === 'class' ? `The largest of them, @${of.id}, is held by` : 'Held by';
  const gap = omitted > 0 ? Math.ceil(holders.length / 2) : -1;
  return (
    <section>
      <h3>{title}</h3>
      {holders.length === 0 && (
        <p class="quiet">Nothing of the program: V8 or Node.js holds it, or nothing does any more.</p>
      )}
      <ol class="holders">
        {holders.map((holder, index) => (
          <>
            {index === gap && <li class="quiet">… {formatCount(omitted)} more</li>}
            <Holder key={holder.node} {...{ holder, onOpen, onPoint }} />
          </>
        ))}
        {holders.length > 0 && <li class="quiet">{untrusted(heldBy.at(-1)?.words ?? '')}</li>}
      </ol>
    </section>
  );
}

interface HolderProps extends Pick<Props, 'onOpen' | 'onPoint'> {
  readonly holder: HeapHolder;
}

const Holder = ({ holder, onOpen, onPoint }: HolderProps) => (
  <li>
    <button
      type="button"
      class="link"
      title={`retains ${sizeText(holder.retainedBytes)}`}
      onClick={() => onPoint({ kind: 'object', number: holder.node })}
    >
      {untrusted(holder.words)}
    </button>{' '}
    {holder.place && (
      <Place place={holder.place} {...{ onOpen }} isInTabOrder isFileSaid={isFileSaid(holder)} />
    )}
  </li>
);

/** `module sessions.ts` needs no file beside its line. */
const isFileSaid = ({ words, place }: HeapHolder): boolean =>
  place !== undefined && words.endsWith(place.file.replace(/^.*[\\/]/, ' '));
