import type { HeapSummary } from '../../src/contracts/heap-rows.ts';
import { formatCount } from '../../src/format/numbers.ts';
import { sizeText } from './words.ts';

/** `12.4 MB in 184,203 objects, and 3.20 MB outside of V8’s heap.` */
export function summaryText({
  totalBytes,
  objectCount,
  extraNativeBytes,
  detachedCount,
}: HeapSummary): string {
  const native = extraNativeBytes > 0 ? `, and ${sizeText(extraNativeBytes)} outside of V8’s heap` : '';
  const detached =
    detachedCount > 0
      ? ` ${formatCount(detachedCount)} of them are detached from their page or context.`
      : '';
  return `${sizeText(totalBytes)} in ${formatCount(objectCount)} objects${native}.${detached}`;
}
