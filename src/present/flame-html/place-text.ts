import { plainText } from '../../format/untrusted.ts';
import type { StackFunction } from '../../model/stacks/stack-profile.ts';

/** `src/products.ts:52`, `native`, '' for V8's states. */
export function placeText({ file, line, kind }: StackFunction): string {
  if (file === '') return kind === 'state' ? '' : 'native';
  return plainText(line > 0 ? `${file}:${line}` : file);
}
