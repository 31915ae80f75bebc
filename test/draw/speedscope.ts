/** speedscope files by hand, as its schema has them. */
export interface DrawnSpeedscope {
  /** `main /a.js:3`, by number. */
  readonly frames: readonly string[];
  readonly profiles: readonly object[];
}

export function speedscopeBytes({ frames, profiles }: DrawnSpeedscope): Uint8Array {
  const file = {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    shared: { frames: frames.map(frame) },
    profiles,
  };
  return new TextEncoder().encode(JSON.stringify(file));
}

function frame(drawn: string): object {
  const [, name = '', file, line] = /^(\S+)(?: (\S+):(\d+))?$/.exec(drawn) ?? [];
  return { name, ...(file === undefined ? {} : { file, line: Number(line) }) };
}

/** `O0@0 O1@2 C1@5 C0@9`: frames open and close at values. */
export const evented = (events: string, unit = 'microseconds', name = 'main'): object => ({
  ...{ type: 'evented', name, unit, startValue: 0, endValue: lastValue(events) },
  events: events.split(' ').map(each => {
    const [, type, frameNumber, at] = /^([OC])(\d+)@(.*)$/.exec(each) ?? [];
    return { type, frame: Number(frameNumber), at: Number(at) };
  }),
});

const lastValue = (events: string): number => Number(events.split('@').at(-1));

/** `0,1:5 0:2`: stacks with their weights. */
export const sampled = (samples: string, unit = 'microseconds', name = 'main'): object => {
  const pairs = samples.split(' ').map(each => each.split(':'));
  return {
    ...{ type: 'sampled', name, unit, startValue: 0, endValue: 0 },
    samples: pairs.map(([stack = '']) => stack.split(',').filter(Boolean).map(Number)),
    weights: pairs.map(([, weight]) => Number(weight)),
  };
};
