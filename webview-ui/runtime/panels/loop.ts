import { known, type Panel } from './panel.ts';

export const loopPanel: Panel = {
  id: 'loop',
  title: 'Event loop',
  about:
    'How late the event loop was in each second, and which share of the time its thread had a processor.',
  lanes: [
    {
      id: 'delay',
      title: 'Delay',
      unit: 'milliseconds',
      style: 'lines',
      height: 90,
      series: ({ samples: { at, values } }) =>
        known([
          { name: 'Longest', colour: 'red', at, values: values.loopDelayMaxMilliseconds },
          { name: 'p99', colour: 'orange', at, values: values.loopDelayP99Milliseconds },
          { name: 'p50', colour: 'green', at, values: values.loopDelayP50Milliseconds },
        ]),
    },
    {
      id: 'thread',
      title: 'CPU of the thread',
      unit: 'share',
      style: 'lines',
      height: 70,
      series: ({ samples: { at, values } }) =>
        known([{ name: 'This thread', colour: 'blue', at, values: values.threadCpu }]),
    },
  ],
  whenEmpty: 'The event loop of this thread was not measured.',
};
