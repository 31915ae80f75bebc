import type { ChartColour } from '../panels/panel.ts';

/** The colour of a series; its name stands beside it. */
export const Swatch = ({ colour }: { readonly colour: ChartColour }) => (
  <span class={`swatch ${colour}`} aria-hidden="true" />
);
