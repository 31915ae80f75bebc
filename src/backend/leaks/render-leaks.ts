import type { LeaksDocument } from '../../contracts/leaks.ts';
import { leaksText } from '../../present/leaks/leaks-text.ts';
import { Places } from '../../present/places.ts';

/** In words; `folder` is what file names are shown relative to. */
export function renderLeaks(document: LeaksDocument, folder: string): string {
  const places = new Places(folder);
  return leaksText(document, file => places.file(file));
}
