const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Markup that needs no escaping any more. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const escape = (text: string): string => text.replace(/[&<>"]/g, character => entities[character] ?? '');

const render = (value: string | Html | readonly Html[]): string => {
  if (value instanceof Html) return value.text;
  return typeof value === 'string' ? escape(value) : value.map(part => part.text).join('');
};

/** Template tag: strings are escaped, `Html` is kept. */
export function html(literals: TemplateStringsArray, ...values: (string | Html | readonly Html[])[]): Html {
  return new Html(
    literals.reduce((page, literal, index) => page + render(values[index - 1] ?? '') + literal),
  );
}
