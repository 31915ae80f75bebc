/** What stands where the flamegraph would be. */
import type { FlamePage, FromFlame } from '../../src/contracts/views/flame.ts';
import { MetricSwitch } from './toolbar.tsx';

export function Reading({ text }: { readonly text: string }) {
  return (
    <div class="message" role="status" aria-busy="true">
      <div class="progress" />
      <p class="quiet">{text}</p>
    </div>
  );
}

interface FailedProps {
  readonly message: string;
  readonly advice: string;
  readonly onRetry: () => void;
}

export function Failed({ message, advice, onRetry }: FailedProps) {
  return (
    <div class="message" role="alert">
      <p>{message}</p>
      <p class="quiet">{advice}</p>
      <button class="main" onClick={onRetry}>
        Try Again
      </button>
    </div>
  );
}

interface EmptyProps {
  readonly page: FlamePage;
  readonly post: (message: FromFlame) => void;
}

export function Empty({ page, post }: EmptyProps) {
  return (
    <div class="message" role="status">
      <MetricSwitch {...{ page, post }} />
      <p>{page.empty}</p>
    </div>
  );
}
