/** Frames by heat, or by kind. 0x's own formula leaves the range of colours for functions that have much of the time. */
import flameGraph, { type FlamegraphOptions, type Frame } from 'd3-fg';
import { APART_TYPE, REST_TYPE, ROOT_TYPE } from './frames.ts';

/** From no time of its own to a tenth of all and more, as 0x grades it; black text can be read on each. */
export const HEAT = ['#f6d3c9', '#fbb9a2', '#fd9a78', '#fb7a52', '#f35a45'] as const;
/** Share of the graph from which each but the first is reached. */
const STEPS = [0.005, 0.01, 0.03, 0.1] as const;

/** 0x's colour of a kind. */
export function kindColor(type: string): string {
  const { h, s, l } = flameGraph.colors[type] ?? flameGraph.colors['def']!;
  return `hsl(${h} ${s}% ${Math.max(l, LEAST_LIGHTNESS)}%)`;
}

const LEAST_LIGHTNESS = 55;
const EDGE = 'rgba(0, 0, 0, 0.25)';

/** Of the element's theme: frames that are no functions are grey. */
export function colorsOf(
  element: Element,
): Pick<FlamegraphOptions, 'colorHash' | 'frameColors' | 'labelColors'> {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const [background, rest, edge, text] = ['--background', '--rest', '--rest-edge', '--text'].map(color);
  const grey = new Set([APART_TYPE, REST_TYPE, ROOT_TYPE]);
  const fill = (frame: Frame, all: number, isByKind: boolean): string => {
    if (grey.has(frame.type)) return rest!;
    return isByKind ? kindColor(frame.type) : heatColor(frame.top / all);
  };
  return {
    colorHash: (_top, { d, decimalAdjust, allSamples, tiers }) =>
      decimalAdjust === undefined ? fill(d, allSamples, tiers) : EDGE,
    frameColors: { fill: background!, stroke: edge! },
    labelColors: { default: '#000', ...Object.fromEntries([...grey].map(type => [type, text!])) },
  };
}

const heatColor = (share: number): string => HEAT[STEPS.filter(step => share >= step).length]!;

/** Types are known already; 0x would guess them from names. */
export const typeOf = ({ type }: Frame): { type: string } => ({ type });
