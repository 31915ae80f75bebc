/** What is not looked at unless it is named: code that does not serve, or that nobody wrote. */

const FOLDERS =
  /(^|\/)(tests?|__tests__|__mocks__|specs?|e2e|fixtures?|mocks?|scripts?|migrations?|seeds?|seeders?|bench(marks?)?|examples?|dist|build|out|coverage|vendor|public|generated|__generated__)\//i;

const FILES =
  /(\.d\.[cm]?ts|\.(test|spec|bench|stories|config|generated|gen|min|bundle)\.[cm]?[jt]sx?|(^|\/)seed\.[cm]?[jt]s)$/i;

/** `file` is relative to the folder that was asked for, with forward slashes. */
export const isSkippedPath = (file: string): boolean => FOLDERS.test(file) || FILES.test(file);

/** Further on a comment is about something else. */
const HEAD_LENGTH = 1000;
const GENERATED = /@generated\b|\bDO NOT EDIT\b|\b(auto-?generated|generated) (by|from|file|code)\b/i;

/** A line that nobody writes by hand, on the average. */
const LONG_LINE = 400;
const MINIFIED_LENGTH = 5000;

export function isGenerated(text: string): boolean {
  if (GENERATED.test(headComments(text))) return true;
  if (text.length < MINIFIED_LENGTH) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines > LONG_LINE;
}

const headComments = (text: string): string =>
  /^(?:\s|#!.*\n|\/\/.*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(text.slice(0, HEAD_LENGTH))?.[0] ?? '';
