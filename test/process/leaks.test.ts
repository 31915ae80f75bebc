/**
 * Programs that leak in many ways, and programs that look as if. Every third one, on one version of Node.js each;
 * `SLOWCATCH_ALL_NODES=1`: all on all. `npm run bench -- leak-detection` takes all of them, and counts.
 */
import { expect, test } from 'vitest';
import { ROOT } from './cli.ts';
import { leakCases, leaksOf } from './leak-corpus.ts';
import { NODES } from './node-matrix.ts';

const SOME = 3;
const isAll = process.env['SLOWCATCH_ALL_NODES'] !== undefined;

const cases = leakCases(ROOT)
  .filter((_, index) => isAll || index % SOME === 0)
  .flatMap((each, index) => {
    const nodes = isAll ? NODES : [NODES[index % NODES.length]!];
    return nodes.map(node => ({ ...each, node }));
  });

test.each(cases.filter(({ truth }) => truth !== undefined))(
  '$name on Node $node.major leaks: the line and the kind',
  async ({ node, ...program }) => {
    const { file, truth } = program;
    const [largest] = await leaksOf(ROOT, program, node.binary);
    expect(largest).toMatchObject({ file, ...truth });
  },
);

test.each(cases.filter(({ truth }) => truth === undefined))(
  '$name on Node $node.major does not leak',
  async ({ node, ...program }) => {
    expect(await leaksOf(ROOT, program, node.binary)).toEqual([]);
  },
);
