import { createHash } from 'node:crypto';
import { comparableText } from '../../format/source-text.ts';

/** What `FileHints.sha256` is compared with. */
export const textHash = (text: string): string =>
  createHash('sha256').update(comparableText(text)).digest('hex');
