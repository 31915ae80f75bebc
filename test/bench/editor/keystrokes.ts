import { PLACES } from './program.ts';

/** What is typed, at the end of which line (0-based; `start`: at its beginning), and how it is called in rows. */
export const KEYSTROKES = {
  plain: { line: PLACES.blank, at: 'end', key: 'x', name: 'letter on a line without a hint' },
  hinted: { line: PLACES.head, at: 'end', key: 'x', name: 'letter on a hinted line' },
  above: { line: PLACES.head, at: 'start', key: 'Enter', name: 'new line above all hints' },
} as const;
