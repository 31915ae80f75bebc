import type { LintDocument } from '../../contracts/lint.ts';
import { lintText } from '../../present/lint-text.ts';
import { Places } from '../../present/places.ts';

/** In words; `folder` is what file names are shown relative to. */
export function renderLint(document: LintDocument, folder: string): string {
  const places = new Places(folder);
  return lintText(document, file => places.file(file));
}
