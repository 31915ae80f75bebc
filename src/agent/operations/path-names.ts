/** Names of requests whose route nobody tells: their paths, with what looks like an identifier left out. */
import { pathOf, withoutIdentifiers } from './route-name.ts';

/** Below the same part of a path; at the root, where also those come that try what there is, more. */
const MOST_SEGMENTS = 100;
const MOST_FIRST_SEGMENTS = 500;
const MOST_PLACES = 5000;
const ANY = ':name';

export class PathNames {
  /** What has been seen below a part of a path: titles and user names differ without end. */
  private readonly below = new Map<string, Set<string>>();

  /** `/orders/17?full=1` → `/orders/:id`. */
  of(url: string): string {
    return this.bounded(withoutIdentifiers(pathOf(url)));
  }

  /** `/posts/title-101` → `/posts/:name`, when a hundred others were seen there. */
  private bounded(path: string): string {
    let above = '';
    for (const [index, segment] of path.split('/').entries())
      above = index === 0 ? segment : `${above}/${this.isNamed(above, segment) ? segment : ANY}`;
    return above;
  }

  private isNamed(above: string, segment: string): boolean {
    let seen = this.below.get(above);
    if (!seen && this.below.size >= MOST_PLACES) return false;
    if (!seen) this.below.set(above, (seen = new Set()));
    if (seen.has(segment)) return true;
    if (seen.size >= (above === '' ? MOST_FIRST_SEGMENTS : MOST_SEGMENTS)) return false;
    seen.add(segment);
    return true;
  }
}
