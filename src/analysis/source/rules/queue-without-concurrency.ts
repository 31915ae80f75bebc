/** A queue that holds nothing back. */
import { addOption, fixOf } from '../edits.ts';
import { hasUnknownProperties, propertyOf } from '../expressions.ts';
import type { NodeOf } from '../program.ts';
import type { CheckedFile, Rule, SourceFinding } from '../rule.ts';

/** Where the limit of a call stands, when it is an argument. */
const LIMITS: ReadonlyMap<string, number> = new Map([
  ['p-limit()', 0],
  ['fastq()', 1],
  ['fastq.promise()', 1],
]);

export const queueWithoutConcurrency: Rule = {
  id: 'queue-without-concurrency',
  severity: 'warning',
  explanation:
    'The concurrency of p-queue is without a limit unless one is given: all that is added starts at once, and what was meant to protect a database or another service does not. Say how many may run at a time.',
  sources: [
    'https://github.com/sindresorhus/p-queue#concurrency',
    'https://github.com/bluesky-social/atproto/pull/917',
  ],
  mentions: ['p-queue', 'p-limit', 'fastq', 'p-map'],
  check: file =>
    file.program.all('NewExpression', 'CallExpression').flatMap(call => {
      const path = file.pathOf(call);
      if (path === 'p-queue!' || path === 'p-queue.PQueue!') return checkQueue(call, file);
      const index = path === undefined ? undefined : LIMITS.get(path);
      const limit = index === undefined ? undefined : call.arguments[index];
      if (!limit || !/^(Infinity|Number\.POSITIVE_INFINITY)$/.test(file.program.textOf(limit))) return [];
      return [{ node: call, message: 'This limit is Infinity: all work starts at once.' }];
    }),
};

function checkQueue(
  call: NodeOf<'NewExpression' | 'CallExpression'>,
  { program }: CheckedFile,
): SourceFinding[] {
  const [options] = call.arguments;
  if (options && (options.type !== 'ObjectExpression' || hasUnknownProperties(options))) return [];
  const given = propertyOf(options, 'concurrency');
  const isWithout = !given || program.textOf(given) === 'Infinity';
  if (!isWithout || propertyOf(options, 'intervalCap') || /\.concurrency\s*=[^=]/.test(program.text))
    return [];
  return [
    {
      node: call,
      message: 'This queue has no concurrency, so all that is added to it runs at once.',
      fixes: given
        ? fixOf('Run ten at a time', [{ start: given.start, end: given.end, text: '10' }])
        : fixOf('Run ten at a time', [addOption(program, call, 0, 'concurrency: 10')]),
    },
  ];
}
