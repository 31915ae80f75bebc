import { createHash } from 'node:crypto';
import { comparableText } from '../format/source-text.ts';

/** What an editor compares its own text with. */
export const hashOfText = (text: string): string =>
  createHash('sha256').update(comparableText(text)).digest('hex');
