import type { ListedFunction } from '../../contracts/server.ts';
import { refusalOf } from '../../model/watched/refusal.ts';
import { placeAt, sourceText } from '../../model/watched/source-text.ts';
import { SourceParser } from './parser.ts';

/** The functions of texts that an editor shows, for it to name and mark. */
export class ListedFunctions {
  private parser: Promise<SourceParser> | undefined;

  /** `wasm` is the absolute path of `PARSER_FILE`; it is opened when it is first needed. */
  constructor(private readonly wasm: string) {}

  /** In the order of the text; none of one that cannot be parsed, as it is while somebody types. */
  async of(file: string, text: string): Promise<readonly ListedFunction[]> {
    this.parser ??= SourceParser.open(this.wasm);
    const parsed = (await this.parser).parse(file, text);
    if (!parsed.ok) return [];
    const { functions, lineStarts } = sourceText(text, parsed.program);
    return functions.map(({ name, node, start, end }) => {
      const refusal = refusalOf(node, text);
      return {
        name,
        line: placeAt(lineStarts, start).line,
        endLine: placeAt(lineStarts, end).line,
        ...(refusal === undefined ? {} : { refusal }),
      };
    });
  }
}
