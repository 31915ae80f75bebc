import fc from 'fast-check';

/** Segments one after the other, which overlap by a few samples, as `'0 a@0 b@1000 1500'`. */
export const drawnSegments = fc
  .array(
    fc.record({
      steps: fc.array(
        fc.record({ after: fc.integer({ min: 0, max: 30_000 }), of: fc.constantFrom('a', 'b', 'c') }),
        {
          minLength: 1,
          maxLength: 12,
        },
      ),
      overlap: fc.integer({ min: 0, max: 3000 }),
      rest: fc.integer({ min: 0, max: 1000 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map(segments => {
    let end = 100_000;
    return segments.map(({ steps, overlap, rest }) => {
      let time = Math.max(0, end - overlap);
      const start = time;
      const samples = steps.map(({ after, of }) => `${of}@${(time += after)}`);
      end = time + rest;
      return `${start} ${samples.join(' ')} ${end}`;
    });
  });
