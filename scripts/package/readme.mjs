// README.md as it is packed: readable without the repository.

/** What is for those who have the repository. */
const REPOSITORY = /<!-- repository -->[^]*?<!-- end -->\s*/g;
const PICTURE = /^!\[([^\]]*)\]\(([^)]+)\)\n\n?/gm;

/**
 * The part for users. VS Code shows pictures of web addresses only, not even such as stand in the text itself: without
 * `images`, the https address that the repository's folder `media/` can be read below, they are left out.
 * @param {string} markdown
 * @param {string} [images]
 */
export function packedReadme(markdown, images) {
  const picture = images ? `![$1](${images.replace(/\/$/, '')}/$2)\n\n` : '';
  return markdown.replaceAll(REPOSITORY, '').replaceAll(PICTURE, picture);
}
