import { known, type Panel } from './panel.ts';

export const memoryPanel: Panel = {
  id: 'memory',
  title: 'Memory',
  about: 'Resident memory of the process, the reserved heap, and memory outside of the heap.',
  lanes: [
    {
      id: 'memory',
      title: 'Memory',
      unit: 'bytes',
      style: 'lines',
      height: 100,
      series: ({ samples: { at, values } }) =>
        known([
          { name: 'Resident (RSS)', colour: 'blue', at, values: values.rssBytes },
          { name: 'Reserved heap', colour: 'purple', at, values: values.heapTotalBytes },
          { name: 'External', colour: 'orange', at, values: values.externalBytes },
          { name: 'Array buffers', colour: 'green', at, values: values.arrayBuffersBytes },
        ]),
    },
  ],
  whenEmpty: 'The memory of this thread was not measured.',
};
