/** Microseconds by (frame, line), summed over all nodes of the frame. */
export class LineTable {
  private readonly byFrame = new Map<number, Map<number, number>>();

  add(frame: number, line: number, microseconds: number): void {
    let lines = this.byFrame.get(frame);
    if (!lines) this.byFrame.set(frame, (lines = new Map<number, number>()));
    lines.set(line, (lines.get(line) ?? 0) + microseconds);
  }

  get(frame: number, line: number): number {
    return this.byFrame.get(frame)?.get(line) ?? 0;
  }

  frames(): IterableIterator<number> {
    return this.byFrame.keys();
  }

  linesOf(frame: number): ReadonlyMap<number, number> {
    return this.byFrame.get(frame) ?? new Map<number, number>();
  }
}
