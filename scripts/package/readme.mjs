// README.md as it is packed: readable without a network and without the repository.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What is for those who have the repository. */
const REPOSITORY = /<!-- repository -->[^]*?<!-- end -->\s*/g;

/**
 * The part for users, with its pictures inside it.
 * @param {string} markdown
 * @param {string} root folder that addresses of pictures are relative to
 */
export function packedReadme(markdown, root) {
  return markdown.replaceAll(REPOSITORY, '').replaceAll(/!\[([^\]]*)\]\(([^)]+\.png)\)/g, (_, text, file) => {
    const picture = readFileSync(path.join(root, file)).toString('base64');
    return `![${text}](data:image/png;base64,${picture})`;
  });
}
