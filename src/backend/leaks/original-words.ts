/** Names of a verdict as its sources have them: scripts may be compiled, bundled and minified. */
import { declarationOf } from '../../analysis/heap/declared-name.ts';
import { scopeWords, type HeapScope } from '../../analysis/heap/retainer-path.ts';
import type { HeapVerdict } from '../../analysis/heap/verdicts.ts';
import type { ScriptSource, SourceTexts } from './source-texts.ts';

export interface VerdictWords {
  readonly className: string;
  readonly retainerPath: readonly string[];
}

export async function originalWords(verdict: HeapVerdict, sources: SourceTexts): Promise<VerdictWords> {
  const { className, retainerPath, clues, scope } = verdict;
  const place = clues.closure ?? clues.constructed;
  const made = place && (await sources.of(place.url));
  const name = (made && originalClass(verdict, made)) ?? className;
  const words = retainerPath.map(word => renamed(word, className, name));
  return { className: name, retainerPath: scope ? await fromScope(scope, words, sources) : words };
}

/** Where the variable is declared says in which module it is: a bundle has one scope for all. */
async function fromScope(
  scope: HeapScope,
  words: readonly string[],
  sources: SourceTexts,
): Promise<string[]> {
  const { site, variable } = scope;
  const source = await sources.of(site.url);
  if (!source?.map) return [scopeWords(scope, site.url), ...words];
  const declared = source.program && variable !== '' ? declarationOf(source.program, variable) : undefined;
  if (declared === undefined) return [scopeWords(scope, source.sourceOf(site).file), ...words];
  const [first = '', ...others] = words;
  const called = source.identifierAt(declared) ?? variable;
  return [
    scopeWords(scope, source.placeOf(declared).file),
    first.endsWith(variable) ? `${first.slice(0, -variable.length)}${called}` : first,
    ...others,
  ];
}

/** Of a class or a function that a minifier has shortened. */
function originalClass({ className, clues }: HeapVerdict, source: ScriptSource): string | undefined {
  const { closure, constructed, className: compiled } = clues;
  if (closure && className === `${clues.calledName}()`) {
    const found = source.functionName(clues.calledName, closure);
    return found === undefined ? undefined : `${found}()`;
  }
  if (!constructed || compiled !== className || !source.map || !source.program) return undefined;
  const declared = declarationOf(source.program, className);
  return declared === undefined ? undefined : source.identifierAt(declared);
}

/** `Cart` and `Cart newest`, not `Carts`. */
function renamed(word: string, from: string, to: string): string {
  return word === from || word.startsWith(`${from} `) ? `${to}${word.slice(from.length)}` : word;
}
