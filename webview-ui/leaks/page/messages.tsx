import { untrusted } from './words.ts';

export const Loading = () => <p class="empty quiet">Reading the report …</p>;

export function Failed({ message, advice }: { readonly message: string; readonly advice: string }) {
  return (
    <p class="empty" role="alert">
      {untrusted(message)} <span class="quiet">{untrusted(advice)}</span>
    </p>
  );
}
