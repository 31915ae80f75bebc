/** Text that is HTML already. */
export interface Html {
  readonly text: string;
}

/** Only for texts of our own. */
export const raw = (text: string): Html => ({ text });

/** HTML from a template: what is put in is text, or HTML that was made the same way. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return raw(parts.reduce((all, part, index) => all + show(values[index - 1]!) + part));
}

type Value = string | number | Html | readonly Html[];

function show(value: Value): string {
  if (typeof value !== 'object') return escape(String(value));
  return 'text' in value ? value.text : value.map(each => each.text).join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Half of a character, which UTF-8 cannot hold. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, character => ENTITIES[character]!).replaceAll(LONE_SURROGATE, '\uFFFD');
