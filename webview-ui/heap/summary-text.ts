import type { HeapSummary } from '../../src/contracts/heap-rows.ts';
import { formatCount } from '../../src/format/numbers.ts';
import { sizeText } from './words.ts';

/** `12.4 MB in 184,203 objects, and 3.20 MB outside of V8’s heap.` */
export function summaryText({ totalBytes, objectCount, extraNativeBytes }: HeapSummary): string {
  const native = extraNativeBytes > 0 ? `, and ${sizeText(extraNativeBytes)} outside of V8’s heap` : '';
  return `${sizeText(totalBytes)} in ${formatCount(objectCount)} objects${native}.`;
}
