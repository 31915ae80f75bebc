import flameGraph, { type FlamegraphOptions, type Frame } from 'd3-fg';
import { APART_TYPE, REST_TYPE, ROOT_TYPE } from './frames.ts';

/** Frames that are no functions are grey; all others as 0x colours them: by heat, or by kind ("tiers"). */
export function colorsOf(
  element: Element,
): Pick<FlamegraphOptions, 'colorHash' | 'frameColors' | 'labelColors'> {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const grey = new Set([APART_TYPE, REST_TYPE, ROOT_TYPE]);
  const [fill, edge, text] = [color('--rest'), color('--rest-edge'), color('--text')];
  return {
    colorHash: (_top, { d, decimalAdjust, allSamples, tiers }) =>
      grey.has(d.type)
        ? decimalAdjust === undefined
          ? fill
          : edge
        : flameGraph.colorHash(d, decimalAdjust, allSamples, tiers),
    frameColors: { fill: color('--background'), stroke: edge },
    labelColors: {
      default: '#000',
      ...Object.fromEntries([...grey].map(type => [type, text])),
    },
  };
}

/** Types are known already; 0x would guess them from names. */
export const typeOf = ({ type }: Frame): { type: string } => ({ type });
