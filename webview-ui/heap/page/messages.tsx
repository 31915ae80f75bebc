/** What stands where the heap would be, and above it. */
import type { HeapStep } from '../../../src/contracts/heap-worker.ts';
import type { FromHeap, ToHeap } from '../../../src/contracts/views/heap.ts';
import { formatShare } from '../../../src/format/numbers.ts';

type Post = (message: FromHeap) => void;
type Change = Extract<ToHeap, { readonly type: 'changed' }>['change'];

const STEPS: readonly { readonly step: HeapStep; readonly words: string }[] = [
  { step: 'reading', words: 'Read the file' },
  { step: 'references', words: 'Follow the references' },
  { step: 'dominators', words: 'Find what retains what' },
  { step: 'classes', words: 'Add up the classes' },
];

type ReadingProps = Omit<Extract<ToHeap, { readonly type: 'reading' }>, 'type'> & { readonly post: Post };

/** The steps, and which of them it is at. */
export function Reading({ text, step, share, post }: ReadingProps) {
  const at = STEPS.findIndex(each => each.step === step);
  return (
    <div class="message" aria-busy="true">
      <p role="status">{text}</p>
      <ol class="steps">
        {STEPS.map(({ step, words }, index) => (
          <li
            key={step}
            class={index < at ? 'done' : index === at ? 'now' : 'quiet'}
            aria-current={index === at ? 'step' : undefined}
          >
            {words}
            {index === at && share !== undefined && <span class="quiet"> {formatShare(share)}</span>}
          </li>
        ))}
      </ol>
      {step === 'reading' && (
        <progress class="share" max={1} value={share ?? 0} aria-label="How much of the file is read" />
      )}
      <button type="button" onClick={() => post({ type: 'cancel' })}>
        Cancel
      </button>
    </div>
  );
}

interface FailedProps {
  readonly message: string;
  readonly advice: string;
  readonly change: Change | undefined;
  readonly post: Post;
}

export function Failed({ message, advice, change, post }: FailedProps) {
  return (
    <div class="message">
      <div role="alert">
        <p>{message}</p>
        <p class="quiet">{advice}</p>
      </div>
      {change === 'changed' && <p>The file has been written anew since.</p>}
      <button type="button" class="main" onClick={() => post({ type: 'retry' })}>
        Read Again
      </button>
    </div>
  );
}

/** What is shown stays as it is, until the user wants the new one. */
export function Changed({ change, post }: { readonly change: Change | undefined; readonly post: Post }) {
  if (change === undefined) return null;
  return (
    <p class="changed" role="status">
      {change === 'changed'
        ? 'The file has been written anew; what you see is how it was. '
        : 'The file was deleted; what you see is how it was.'}
      {change === 'changed' && (
        <button type="button" class="link" onClick={() => post({ type: 'retry' })}>
          Read again
        </button>
      )}
    </p>
  );
}
