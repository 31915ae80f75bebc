/**
 * A source's text as it is compared between a recording and an editor: without a byte order mark, line ends as \n.
 * Both sides hash it with SHA-256.
 */
export const comparableText = (text: string): string =>
  text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
