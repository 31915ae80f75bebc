import { plainText } from '../../../src/format/untrusted.ts';

export const Loading = () => <p class="empty quiet">Reading the recording …</p>;

export function Failed({ message, advice }: { readonly message: string; readonly advice: string }) {
  return (
    <p class="empty" role="alert">
      {plainText(message, 1000)} <span class="quiet">{plainText(advice, 1000)}</span>
    </p>
  );
}
