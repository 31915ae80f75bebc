import { allFrames, REST_TYPE, ROOT_TYPE, type NamedFrame } from './frames.ts';

export interface Found {
  readonly frames: number;
  /** Of the graph, 0 to 1: frames within found frames count once. */
  readonly share: number;
}

const HIGHLIGHT = 'cyan';

/** Marks the frames whose name or place holds the text; none for ''. */
export function search(root: NamedFrame, text: string): Found {
  const wanted = text.trim().toLowerCase();
  let [frames, weight] = [0, 0];
  const within = new Set<NamedFrame>();
  for (const frame of allFrames(root)) {
    const isFound = wanted !== '' && isFunction(frame) && textOf(frame).includes(wanted);
    frame.highlight = isFound && HIGHLIGHT;
    if (isFound) frames++;
    const isInside = frame.parent !== undefined && within.has(frame.parent);
    if (isFound && !isInside) weight += frame.total;
    if (isFound || isInside) within.add(frame);
  }
  return { frames, share: root.total > 0 ? weight / root.total : 0 };
}

const isFunction = ({ type }: NamedFrame): boolean => type !== ROOT_TYPE && type !== REST_TYPE;
const textOf = ({ title, place }: NamedFrame): string => `${title} ${place}`.toLowerCase();
