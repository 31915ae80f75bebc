/** Burns so many milliseconds. */
export function rankProducts(milliseconds) {
  const end = performance.now() + milliseconds;
  let score = 0;
  while (performance.now() < end) {
    for (let index = 0; index < 10_000; index++) score += Math.sqrt(index) % 7;
  }
  return score;
}
