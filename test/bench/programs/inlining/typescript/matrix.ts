/** Square matrices of numbers. */
export class Matrix {
  private readonly cells: Float64Array;
  readonly size: number;

  constructor(size: number) {
    this.size = size;
    this.cells = Float64Array.from({ length: size * size }, (_, index) => (index % (size + 1)) + 0.5);
  }

  norm(start: number): number {
    let sum = start + 0.5;
    for (let pass = 0; pass < 4; pass++)
      for (let index = 0; index < this.cells.length; index++) {
        sum = Math.sqrt(sum + this.cells[index]! * this.cells[index]!);
      }
    return sum;
  }

  trace(start: number): number {
    let sum = start + 0.5;
    for (let pass = 0; pass < 100; pass++) {
      for (let index = 0; index < this.size; index++)
        sum = this.cells[index * (this.size + 1)]! + 1 / sum;
    }
    return sum;
  }
}
