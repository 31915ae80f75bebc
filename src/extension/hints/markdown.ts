import { plainText } from '../../format/untrusted.ts';

const LONGEST = 120;

/**
 * Untrusted text as Markdown that shows it and does nothing else. A backslash before any ASCII punctuation means that
 * character itself (CommonMark 0.31, 2.4); without punctuation there is no markup, link, address or entity.
 */
export function escapeMarkdown(text: string): string {
  return plainText(text, LONGEST).replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

/** A link that runs a command; the address has no character that ends it early. */
export function commandLink(label: string, command: string, argument?: unknown): string {
  return `[${escapeMarkdown(label)}](${commandAddress(command, argument)})`;
}

function commandAddress(command: string, argument: unknown): string {
  if (argument === undefined) return `command:${command}`;
  const query = encodeURIComponent(JSON.stringify([argument])).replaceAll(
    /[!'()*~]/g,
    character => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `command:${command}?${query}`;
}
