/** From frame to frame by the arrow keys, past those that are hidden or zoomed away. */
import type { NamedFrame } from './frames.ts';

export type Step = 'up' | 'down' | 'left' | 'right';

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

export const stepOf = (key: string): Step | undefined => STEPS[key];

/** The frame itself where there is none in that direction. Up is to the widest frame above, which it has called. */
export function walk(frame: NamedFrame, step: Step): NamedFrame {
  if (step === 'down') return shownParent(frame) ?? frame;
  if (step === 'up') return widest(shownChildren(frame)) ?? frame;
  const siblings = shownChildren(shownParent(frame));
  return siblings[siblings.indexOf(frame) + (step === 'left' ? -1 : 1)] ?? frame;
}

function shownParent({ parent }: NamedFrame): NamedFrame | undefined {
  return parent?.hide ? shownParent(parent) : parent;
}

function shownChildren(frame: NamedFrame | undefined): readonly NamedFrame[] {
  return (frame?.children ?? []).flatMap(child =>
    child.hide ? shownChildren(child) : child.value > 0 ? [child] : [],
  );
}

const widest = (frames: readonly NamedFrame[]): NamedFrame | undefined =>
  frames.reduce<NamedFrame | undefined>(
    (most, frame) => (most && most.value >= frame.value ? most : frame),
    undefined,
  );
