import type { TableColumn } from './table.ts';

/** A heading with a table, or with sentences. */
export interface Section {
  readonly title: string;
  readonly columns?: readonly TableColumn[];
  readonly sentences?: readonly { readonly text: string; readonly detail?: string }[];
}

export interface Report {
  readonly title: string;
  readonly sections: readonly Section[];
}
