/** Numbers and names of a heap in words. */
import type { HeapPlace, HeapRow } from '../../src/contracts/heap-rows.ts';
import { bytes } from '../../src/contracts/units.ts';
import { formatBytes } from '../../src/format/numbers.ts';
import { plainText } from '../../src/format/untrusted.ts';

const LONGEST_NAME = 120;
const LONGEST_TEXT = 2000;

export const sizeText = (size: number): string => formatBytes(bytes(Math.round(size)));

export const untrusted = (text: string): string => plainText(text, LONGEST_NAME);

/** A long text, of which more is worth seeing than of a name. */
export const untrustedText = (text: string): string => plainText(text, LONGEST_TEXT);

/** `sessions.ts:12`. */
export const placeText = ({ file, line }: HeapPlace): string =>
  `${untrusted(file.replace(/^.*[\\/]/, ''))}:${line}`;

/** The whole path, for who points at it. */
export const placeTitle = ({ file, line, column }: HeapPlace): string =>
  `${plainText(file, LONGEST_TEXT)}:${line}:${column}`;

/** `sessions: Map`. */
export const rowText = ({ name, heldAs }: HeapRow): string =>
  heldAs === undefined ? untrusted(name) : `${untrusted(heldAs)}: ${untrusted(name)}`;
