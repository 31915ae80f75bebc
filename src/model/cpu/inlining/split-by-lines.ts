/**
 * Splits open rows by the proportions that functions have on their lines elsewhere, for profiles without exact
 * stacks. What a function left on lines of a frame that only it can have left, by its proportions, tells how much of
 * it that frame was charged with, and so how much of the open lines is its.
 */
import { Known, type SplitInput } from './split.ts';

/** Shares of the time by open row and link. */
export function splitByLines(input: SplitInput): number[][] {
  const { rows, links, open, closed } = input;
  const known = new Known(input);
  /** Share of the function's known time that lies on lines it left alone in the frame, by link. */
  const seen = new Map<number, number>();
  for (const { row, link } of closed)
    seen.set(link, (seen.get(link) ?? 0) + known.share(links.burnt(link), rows.line[row]!));
  const chargedTime = (link: number): number => {
    const alone = links.alone[link]!;
    const share = seen.get(link) ?? 0;
    return alone > 0 && share > 0 ? alone / share : known.time(links.burnt(link));
  };
  return open.map(({ row, links: own }) => {
    const time = rows.time[row]!;
    const claims = own.map(link =>
      links.isSelf(link) ? 0 : chargedTime(link) * known.share(links.burnt(link), rows.line[row]!),
    );
    const claimed = claims.reduce((sum, claim) => sum + claim, 0);
    const [first = 0] = own;
    if (!links.isSelf(first)) return claims.map(claim => (claimed > 0 ? claim / claimed : 1 / own.length));
    const whole = Math.max(time, claimed);
    return claims.map((claim, index) => (index === 0 ? 1 - claimed / whole : claim / whole));
  });
}
