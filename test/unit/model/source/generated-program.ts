/** Valid JavaScript programs, composed of the forms that are hard to read without a syntax tree. */
import * as fc from 'fast-check';

type Text = fc.Arbitrary<string>;

/** Where a line break changes nothing. */
const gap = fc.constantFrom('', ' ', '\n', '\t', '\r\n', '/* } */', ' // ) {\n', '/*\n*/');
/** Behind a keyword. */
const space = fc.constantFrom(' ', '\n', ' /* ( */ ', '/*\n*/');
/** Between two tokens of which the second must stay on the line. */
const onLine = fc.constantFrom('', ' ', '/* => */');

/** `~` is a gap, `_` a space, `^` a gap on the line, `⏎` a line break, `¸` a backquote, `¡` is ${, `§E` … are parts. */
function form(pattern: string, part: (name: string) => Text): Text {
  const pieces = pattern.split(/(~|_|\^|§\w)/).filter(piece => piece !== '');
  return fc.tuple(...pieces.map(piece => pieceOf(piece, part))).map(texts => texts.join(''));
}

function pieceOf(piece: string, part: (name: string) => Text): Text {
  if (piece === '~') return gap;
  if (piece === '_') return space;
  if (piece === '^') return onLine;
  return piece.startsWith('§') ? part(piece.slice(1)) : fc.constant(piece);
}

const VALUES: readonly string[] = [
  'a',
  '/[}/]/',
  '"}"',
  '1.',
  '`}`',
  'this',
  '(b)',
  'a++',
  '{}.c',
  'typeof a',
  '[]',
  '[, ]',
  'async',
  'of',
];

/**
 * One form a line. E is an expression without comma, P one in parentheses, B a function body, M a class member, Q an
 * object member, S a statement.
 */
const FORMS: Readonly<Record<string, string>> = {
  E: String.raw`
    §P
    a^=>~§E
    (~a~,~b~=~§E~)^=>~§E
    (~{~a~=~§E~}~,~...b~)^=>~§B
    async a^=>~§E
    async^(~a~)^=>~§B
    async~(~§E~)
    function~(~a~=~§E~)~§B
    function~*~g~(~)~{~yield /}/;~yield~}
    async function~(~)~{~await /}/~}
    class~{~§M~§M~}
    class_extends_§P~{~§M~}
    ({~§Q~,~§Q~,~§Q~})
    a~=~{~§Q~,~§Q~}
    §P~?~{~§Q~}~:~{~§Q~}
    [~§E~,~...§E~]
    §P~?~§E~:~§E
    §P~/ §P
    a^++~/ 1
    §P~(~§E~,~§E~)
    §P~[~§E~]
    §P~?.~b~(~§E~)
    §P~¸{$¡§E~}}¡{~§Q~}~}¸
    ¸{¡§E~}}¡~§E~}$¸
    §P~in~§P
    a~=~§E
    new_§P
    !~§P`,
  B: String.raw`
    {~}
    {~§S~}
    {~§S~§S~}
    {~§S~return §E~}
    {~return⏎§S~}`,
  M: String.raw`
    a~(~)~§B
    get_a~(~)~§B
    set_a~(~b~=~§E~)~§B
    static_a~(~)~§B
    async a~(~)~§B
    *~a~(~)~§B
    static_async *~a~(~)~§B
    'c'~(~)~§B
    [~§E~]~(~)~§B
    get_[~§E~]~(~)~§B
    a~=~§E~;
    a~=~§P⏎b~=~§P;
    a~=~x^=>~§B⏎*~b~(~)~§B
    a~=~x^=>~§B⏎[~§E~]~(~)~§B
    a~=~x^++⏎[~§E~]~(~)~§B
    [~§E~]~=~§E~;
    static_[~§E~]⏎
    static~{~§S~}
    static_b~=~§P;
    1~=~§P;
    get;
    get⏎*~a~(~)~§B
    async⏎
    b⏎
    ;`,
  Q: String.raw`
    a~(~)~§B
    get_a~(~)~§B
    set_[~§E~]~(~a~)~§B
    async a~(~)~§B
    async *~a~(~)~§B
    *~a~(~)~§B
    static~(~)~§B
    1~(~)~§B
    [~§E~]~(~)~§B
    a~:~§E
    async~:~§E
    if~:~§E
    'b'~:~§E
    [~§E~]~:~§E
    ...§E
    get
    a`,
  S: String.raw`
    x~=~§E~;
    x~=~§P⏎
    x~=~a^=>~§P⏎
    x~=~a^=>~§B⏎
    {~x~=~a^=>~§B⏎/}/ .~b~;~}
    {~x~=~§P⏎++⏎a;~}
    x~=~a^++⏎
    var_a⏎
    {~var_a⏎/}/ .~b~;~}
    var_a~=~§E~,~b⏎
    if~(~§E~)~§S~else_§S
    while~(~§E~)~§S
    do_§S~while~(~§E~)
    {~do_§S~while~(~§E~)/}/ .~b~;~}
    for~(~const_[~k~=~§E~]_of_§E~)~{~§S~}
    for~(~var_v~=~§P~;~§E~;~§E~)~§S
    for~(~v_in_§E~)~§S
    switch~(~§E~)~{~case_§E~:~§S~default~:~§S~}
    {~§S~}
    {~function_f~(~a~=~§E~)~§B~}
    {~class_C_extends_§P~{~§M~§M~}~}
    {~async function_f~(~)~{~await_§P⏎}~}
    try~{~§S~}~catch~(~{~e~=~§E~}~)~{~§S~}
    throw §E~;
    {~;/}/ .~b~(~§E~)~;~}
    {~;(~§E~)~;~}
    {~;[~§E~]~;~}
    (~§E~)~;
    [~§E~]~;
    ¸}¡§E~}¸~;
    !~§P⏎
    ;`,
};

const LEAVES: Readonly<Record<string, string>> = { B: '{}', M: 'z;', Q: 'z', S: ';' };

const parts = fc.letrec<Record<string, string>>(tie => {
  const arbitraries: Record<string, Text> = {
    P: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...VALUES).map(value => `(${value})`),
      tie('E').map(value => `(${value})`),
    ),
  };
  for (const [name, patterns] of Object.entries(FORMS)) {
    const composed = patterns
      .replaceAll('¸', '`')
      .replaceAll('¡', '${')
      .split('\n')
      .filter(pattern => pattern.trim() !== '')
      .map(pattern => form(pattern.trim().replaceAll('⏎', '\n'), tie));
    arbitraries[name] = fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant(LEAVES[name] ?? '(a)'),
      ...composed,
    );
  }
  return arbitraries;
});

/** A whole program: a CommonJS module, so a statement may also be `return`. */
export const program: Text = fc
  .array(parts['S'] ?? fc.constant(''), { minLength: 1, maxLength: 4 })
  .map(texts => texts.join('\n'));
