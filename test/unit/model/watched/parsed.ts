/** Texts as the parser that ships reads them; npm has put it there. */
import { createRequire } from 'node:module';
import { SourceParser } from '../../../../src/backend/watch/parser.ts';
import { sourceText, type SourceText } from '../../../../src/model/watched/source-text.ts';
import type { WatchedNode } from '../../../../src/model/watched/edits.ts';

const { resolve } = createRequire(import.meta.url);
export const PARSER = resolve('@oxc-parser/binding-wasm32-wasip1/wasm.wasm');

const parser = await SourceParser.open(PARSER);

/** TypeScript, unless it is said to be something else. Throws where it cannot be parsed. */
export function parsed(text: string, file = 'shop.ts'): SourceText {
  const found = parser.parse(file, text);
  if (!found.ok) throw new Error(`${found.detail} in:\n${text}`);
  return sourceText(text, found.program);
}

/** Its only function, or the first. */
export function watchable(text: string): WatchedNode {
  const [first] = parsed(text).functions;
  if (!first) throw new Error('there is no function');
  return { node: first.node, id: 1, constructs: first.constructs };
}
