const MARK = 'sourceMappingURL=';
const INTRODUCTION = /\/[/*][@#][ \t]$/;
const END_OF_URL = /[\s'"]/;

/** What V8 takes as the source map's URL: that of the last `//# sourceMappingURL=…` (or `//@`, `/*#`); '' for none. */
export function sourceMapComment(text: string): string {
  for (let at = text.lastIndexOf(MARK); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(MARK, at - 1)) {
    if (!INTRODUCTION.test(text.slice(Math.max(0, at - 4), at))) continue;
    const rest = text.slice(at + MARK.length);
    const end = rest.search(END_OF_URL);
    return (end < 0 ? rest : rest.slice(0, end)).replace(/\*\/$/, '');
  }
  return '';
}
