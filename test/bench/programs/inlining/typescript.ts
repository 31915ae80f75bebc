// TypeScript that tsx strips and transforms as it is loaded.
import { Matrix } from './typescript/matrix.ts';
import { Heap, type Comparable } from './typescript/heap.ts';
import type { Route } from './typescript/route.ts';
import { cheapest } from './typescript/route.ts';

enum Mode {
  Dense,
  Sparse,
}

interface Job extends Comparable {
  readonly mode: Mode;
  readonly matrix: Matrix;
}

function priority(size: number, round: number): number {
  let value = size + round + 0.5;
  for (let step = 0; step < 5000; step++) value = value * 0.75 + size;
  return value;
}

const matrices: readonly Matrix[] = Array.from({ length: 2 }, (_, index) => new Matrix(20 + index));

function jobs(round: number): Job[] {
  return matrices.map((matrix, index): Job => {
    const mode = index % 3 === 0 ? Mode.Sparse : Mode.Dense;
    return { mode, matrix, key: priority(matrix.size, round) };
  });
}

function solve({ mode, matrix }: Job): number {
  return mode === Mode.Dense ? matrix.norm(2.5) : matrix.trace(0.5);
}

function run(round: number): number {
  const heap = new Heap<Job>();
  for (const job of jobs(round)) heap.push(job);
  let sum = 0;
  for (let job = heap.pop(); job !== undefined; job = heap.pop()) sum += solve(job);
  const route: Route = cheapest(3, round);
  return sum + route.length + route.cost;
}

let total = 0;
for (let round = 0; round < 24000; round++) total += run(round);
process.exitCode = Number.isFinite(total) ? 0 : 1;
