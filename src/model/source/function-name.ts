/**
 * The name that V8 would give to a function, read from the text around its head: its own, its method's, or that of
 * the variable or property it is assigned to. '' for one without.
 */
const FUNCTION = /^(?:async\s+)?function\s*\*?\s*([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)/u;
const METHOD =
  /^(?:static\s+)?(?:async\s+)?\*?\s*(?:(?:get|set)\s+)?(#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)\s*\(/u;
const ASSIGNED = /([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)\s*[=:]\s*$/u;
const LONGEST_HEAD = 200;

export function functionName(text: string, start: number): string {
  const head = text.slice(start, start + LONGEST_HEAD);
  const declared = FUNCTION.exec(head)?.[1];
  if (declared) return declared;
  const before = ASSIGNED.exec(text.slice(Math.max(0, start - LONGEST_HEAD), start))?.[1];
  if (before) return before;
  if (/^(?:async\s+)?function\b/.test(head)) return '';
  return METHOD.exec(head)?.[1] ?? '';
}
