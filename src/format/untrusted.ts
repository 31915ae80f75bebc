/**
 * Names and paths come from profiled programs and foreign files. Before they reach a terminal every control
 * character (escape sequences begin with one) and every character that reorders or hides text is made visible.
 */
const DANGEROUS =
  // C0, DEL, C1; soft hyphen; zero-width and directional marks; line and paragraph separators; bidi overrides and isolates; BOM.
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

const LONGEST = 200;

/** One line, harmless in a terminal: `\u001b[31m` becomes the visible `\x1b[31m`. Very long names are cut in the middle. */
export function plainText(text: string, longest = LONGEST): string {
  return shorten(shorten(text, longest).replaceAll(DANGEROUS, escapeCharacter), longest);
}

/** A value as JSON whose text does nothing to a terminal: `JSON.stringify` escapes only C0 by itself. */
export const plainJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    DANGEROUS,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const half = Math.floor((longest - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
