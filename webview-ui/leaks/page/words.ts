import { plainText } from '../../../src/format/untrusted.ts';

const LONGEST = 600;

export const untrusted = (text: string): string => plainText(text, LONGEST);
