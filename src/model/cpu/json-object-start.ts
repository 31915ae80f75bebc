import type { JsonCursor } from './json-cursor.ts';

const OPEN_OBJECT = 0x7b;
const GZIP_MAGIC = 0x1f;
const BYTE_ORDER_MARK = 0xef;
const BYTE_ORDER_MARK_LENGTH = 3;

/** Goes into the object that a file holds; false as long as too little of it is there. Throws `refusal` for what is none. */
export function enterFile(cursor: JsonCursor, refusal: (reason: string) => Error): boolean {
  if (cursor.bytes[cursor.at] === GZIP_MAGIC) throw refusal('it is gzip-compressed');
  if (cursor.bytes[cursor.at] === BYTE_ORDER_MARK) cursor.skip(BYTE_ORDER_MARK_LENGTH);
  const isObject = cursor.peek() === OPEN_OBJECT;
  if (!isObject && !cursor.starved) throw refusal('it is not a JSON object');
  cursor.skip(1);
  return isObject;
}
