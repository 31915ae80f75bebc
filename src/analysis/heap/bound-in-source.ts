/** A limit that stands only in the code: `if (sessions.size >= 20_000) sessions.delete(…)`. */

/** Held more than that many times over, a limit is none. */
const PASSED = 1.5;
/** Names that say nothing by themselves are followed by those of their holders. */
const COMPARED = String.raw`\s*\??\.\s*(?:size|length)\s*(?:>=?|={2,3})\s*([\w$.]+)`;
const BELOW = String.raw`\s*\??\.\s*(?:size|length)\s*<=?\s*([\w$.]+)`;
const REMOVED = String.raw`(?:\s*\??\.\s*(?:delete|shift|pop|splice|clear)\b|\s*=\s*(?:new\b|\[|\{)|\s*\.\s*length\s*=[^=])`;

/**
 * The comparison that keeps a container of these names (variables and properties that lead to it, the nearest last) from
 * growing for ever, in words of the source, if the text has one and `held` has not passed it.
 */
export function boundInSource(text: string, names: readonly string[], held: number): string | undefined {
  for (const name of names.toReversed()) {
    const literal = name.replaceAll(/[^\w]/g, String.raw`\$&`);
    const escaped = `(?<![\\w$#])${literal}`;
    const removes =
      new RegExp(escaped + REMOVED).test(text) || new RegExp(`delete\\s+[\\w.$]*${literal}\\[`).test(text);
    const compared = removes
      ? new RegExp(escaped + COMPARED).exec(text)
      : new RegExp(escaped + BELOW).exec(text);
    if (compared && !isPassed(compared[1] ?? '', held)) return compared[0].replaceAll(/\s+/g, ' ').trim();
  }
  return undefined;
}

/** Only a number that stands there itself tells. */
function isPassed(limit: string, held: number): boolean {
  const value = Number(limit.replaceAll('_', ''));
  return Number.isFinite(value) && held > value * PASSED;
}
