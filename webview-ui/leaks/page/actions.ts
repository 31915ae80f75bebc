import type { FromLeaks } from '../../../src/contracts/views/leaks.ts';

/** What the page can do. */
export interface Actions {
  readonly post: (message: FromLeaks) => void;
  /** Shows a verdict, by its key. */
  readonly choose: (key: string) => void;
  readonly toggleTable: () => void;
}
