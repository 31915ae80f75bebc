import { createHash } from 'node:crypto';

/** SHA-256 of a text, line ends as \n, without a byte order mark: what `FileHints.sha256` is compared with. */
export function textHash(text: string): string {
  const plain = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  return createHash('sha256').update(plain, 'utf8').digest('hex');
}
