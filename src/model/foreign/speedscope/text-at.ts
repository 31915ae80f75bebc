import type { JsonCursor } from '../../cpu/json-cursor.ts';

const QUOTE = 0x22;
const decoder = new TextDecoder();

/** The text at the cursor; '' for a value of another type, and for one that is no valid JSON. */
export function textAt(cursor: JsonCursor): string {
  const isText = cursor.peek() === QUOTE;
  const start = cursor.at;
  cursor.skipValue();
  if (!isText || cursor.broken) return '';
  const written = decoder.decode(cursor.bytes.subarray(start, cursor.at));
  // What JSON does not let stand as it is.
  const escaped = written.replaceAll(
    /[\u0000-\u001F]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  try {
    return JSON.parse(escaped) as string;
  } catch {
    // A broken escape: the text is shown as it is written.
    return written.slice(1, -1);
  }
}
