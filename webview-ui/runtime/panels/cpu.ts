import { known, type Panel } from './panel.ts';

export const cpuPanel: Panel = {
  id: 'cpu',
  title: 'CPU',
  about: 'CPU time of the whole process per second, in cores.',
  lanes: [
    {
      id: 'cpu',
      title: 'CPU of the process',
      unit: 'cores',
      style: 'lines',
      height: 80,
      series: ({ samples: { at, values } }) =>
        known([{ name: 'All threads', colour: 'purple', at, values: values.cpu }]),
    },
  ],
  whenEmpty: 'CPU time is measured for the whole process: it stands at the main thread.',
};
