/** Finds the words that JavaScript's grammar gives a meaning to. */

/**
 * Those words in lower case, in three groups: they can also be names (`Async` … `Static`); they only begin a
 * statement or a part of one (`If` … `Export`); they can stand inside an expression (`Function` …).
 */
export enum Word {
  Name,
  Async,
  Await,
  Let,
  Of,
  Using,
  Yield,
  Get,
  Set,
  Static,
  If,
  While,
  With,
  Switch,
  For,
  Catch,
  Else,
  Do,
  Try,
  Finally,
  Debugger,
  Return,
  Throw,
  Break,
  Continue,
  Case,
  Default,
  Var,
  Const,
  Export,
  Function,
  Class,
  Import,
  New,
  Delete,
  Typeof,
  Void,
  In,
  Instanceof,
  Extends,
}

const LOWER_A = 0x61;
const LETTERS = 26;
const LONGEST = 'instanceof'.length;

const SPELLINGS = Object.values(Word)
  .filter(word => typeof word === 'string')
  .map(word => word.toLowerCase());

/** Words by their first two letters and length, which no two of them share. */
const WORDS = wordTable();

function wordTable(): Word[] {
  const table = Array.from({ length: LETTERS * LETTERS * (LONGEST + 1) }, () => Word.Name);
  for (const word of Object.values(Word).filter(value => typeof value === 'number')) {
    const spelling = SPELLINGS[word] ?? '';
    if (word !== Word.Name)
      table[slotOf(spelling.charCodeAt(0), spelling.charCodeAt(1), spelling.length)] = word;
  }
  return table;
}

function slotOf(first: number, second: number, length: number): number {
  return ((first - LOWER_A) * LETTERS + (second - LOWER_A)) * (LONGEST + 1) + length;
}

const isLowerCase = (code: number): boolean => code >= LOWER_A && code < LOWER_A + LETTERS;

/** Which word stands at `start` … `end`; `Word.Name` for every name, also for an escaped spelling of a keyword. */
export function wordAt(text: string, start: number, end: number): Word {
  if (end - start < 2 || end - start > LONGEST) return Word.Name;
  const first = text.charCodeAt(start);
  const second = text.charCodeAt(start + 1);
  if (!isLowerCase(first) || !isLowerCase(second)) return Word.Name;
  const word = WORDS[slotOf(first, second, end - start)] ?? Word.Name;
  return word !== Word.Name && text.startsWith(SPELLINGS[word] ?? '', start) ? word : Word.Name;
}
