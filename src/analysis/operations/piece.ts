import type { LedgerKind } from '../../contracts/operation-kinds.ts';
import type { Span } from '../../model/operations/span.ts';
import type { Purpose } from './ledger-types.ts';

/** A part of the ledger in the making. */
export interface Piece extends Purpose, Span {
  readonly isEstimated: boolean;
  /** Index in the list of waits. */
  readonly wait?: number;
  readonly readyAtMost?: number;
}

export const ofNobody = (kind: LedgerKind, { from, to }: Span, isEstimated = false): Piece => ({
  kind,
  isOnThread: false,
  from,
  to,
  isEstimated,
});

/** What takes time out of pieces; `stretches` are by beginning: where they overlap the first one counts. */
export interface Cover {
  readonly stretches: readonly Span[];
  readonly covers: (piece: Piece) => boolean;
  readonly put: (stretch: number, span: Span) => Piece;
}

/** `pieces` with the stretches in the place of what they cover. */
export function covered(pieces: readonly Piece[], { stretches, covers, put }: Cover): readonly Piece[] {
  if (stretches.length === 0) return pieces;
  const result: Piece[] = [];
  let next = 0;
  for (const piece of pieces) {
    while (next < stretches.length && stretches[next]!.to <= piece.from) next++;
    if (!covers(piece)) {
      result.push(piece);
      continue;
    }
    let { from } = piece;
    for (let stretch = next; stretch < stretches.length && stretches[stretch]!.from < piece.to; stretch++) {
      const begin = Math.max(from, stretches[stretch]!.from);
      const end = Math.min(piece.to, stretches[stretch]!.to);
      if (begin > from) result.push({ ...withoutBound(piece), from, to: begin });
      if (end > begin) result.push(put(stretch, { from: begin, to: end }));
      from = Math.max(from, end);
    }
    if (piece.to > from) result.push({ ...piece, from });
  }
  return result;
}

/** That is told of the end. */
function withoutBound(piece: Piece): Piece {
  const { readyAtMost, ...rest } = piece;
  return readyAtMost === undefined ? piece : rest;
}
