export interface Route {
  readonly length: number;
  readonly cost: number;
}

const costOf = (from: number, to: number, round: number): number => {
  let cost = from * 31 + to * 17 + 0.5;
  for (let step = 0; step < 2000; step++) cost = cost * 0.625 + round;
  return cost + 1;
};

/** The cheaper one of two neighbours, again and again. */
export function cheapest(stops: number, round: number): Route {
  let cost = 0;
  let length = 0;
  for (let stop = 0; stop < stops; length++) {
    const near = costOf(stop, stop + 1, round);
    const far = costOf(stop, stop + 2, round);
    cost = cost * 0.5 + Math.min(near, far);
    stop += near < far ? 1 : 2;
  }
  return { length, cost };
}
