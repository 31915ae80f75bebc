import { LARGEST_SOURCE_BYTES, tooBig } from './regular-file.ts';
import type { FileRefusal } from './regular-file.ts';

export type DataUrlText = { readonly ok: true; readonly text: string } | FileRefusal;

/** Longest head in use: `data:application/json;charset=utf-8;base64,`. */
const LONGEST_HEAD = 200;
const BASE64 = /;\s*base64\s*$/i;
const CHARSET = /;\s*charset\s*=\s*"?([\w-]+)/i;

/** Text of a `data:` URL, base64 or percent-encoded, in any charset that Node knows; UTF-8 if it names none. */
export function dataUrlText(url: string): DataUrlText {
  const comma = url.slice(0, LONGEST_HEAD).indexOf(',');
  if (!url.startsWith('data:') || comma < 0) return damaged('its data: URL has no comma');
  // Base64 takes 4 characters for 3 bytes, percent encoding 3 for one.
  if (url.length - comma > 3 * LARGEST_SOURCE_BYTES) return tooBig();
  const head = url.slice(0, comma);
  const body = url.slice(comma + 1);
  const charset = CHARSET.exec(head)?.[1] ?? 'utf-8';
  const bytes = BASE64.test(head)
    ? Buffer.from(percentDecoded(body).toString('latin1'), 'base64')
    : percentDecoded(body);
  if (bytes.length > LARGEST_SOURCE_BYTES) return tooBig(bytes.length);
  try {
    return { ok: true, text: new TextDecoder(charset).decode(bytes) };
  } catch {
    return damaged(`its charset is unknown: ${charset}`);
  }
}

/** Characters that should have been encoded count as UTF-8; a `%` without two digits stands for itself. */
function percentDecoded(body: string): Buffer {
  if (!/[%\u0080-\uffff]/.test(body)) return Buffer.from(body, 'latin1');
  const utf8 = Buffer.from(body, 'utf8').toString('latin1');
  const bytes = utf8.replaceAll(/%([\da-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}

const damaged = (detail: string): DataUrlText => ({ ok: false, reason: 'damaged', detail });
