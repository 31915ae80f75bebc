/** A cache that never has to give anything up. */
import type { LintSeverity } from '../../../contracts/lint.ts';
import { addOption, fixOf } from '../edits.ts';
import { hasUnknownProperties, isNothing, propertyOf } from '../expressions.ts';
import type { NodeOf } from '../program.ts';
import type { CheckedFile, Rule, SourceFinding } from '../rule.ts';

interface CacheKind {
  /** One of them is enough. */
  readonly bounds: readonly string[];
  /** Added by the fix. */
  readonly option: string;
  /** Which argument the options are. */
  readonly index: number;
  /** Whether a number in the place of options is the maximum. */
  readonly takesNumber?: boolean;
  /** Where entries expire by themselves as well. */
  readonly expiring?: { readonly option: string; readonly severity: LintSeverity };
}

const LRU: CacheKind = {
  bounds: ['max', 'maxSize', 'ttlAutopurge'],
  option: 'max: 1000',
  index: 0,
  takesNumber: true,
};

const CACHES: ReadonlyMap<string, CacheKind> = new Map([
  ['lru-cache!', LRU],
  ['lru-cache()', LRU],
  ['lru-cache.LRUCache!', LRU],
  [
    'node-cache!',
    {
      bounds: ['maxKeys'],
      option: 'maxKeys: 1000',
      index: 0,
      expiring: { option: 'stdTTL', severity: 'info' },
    },
  ],
  ['memoizee()', { bounds: ['max', 'maxAge'], option: 'max: 1000', index: 1 }],
]);

export const cacheWithoutMax: Rule = {
  id: 'cache-without-max',
  severity: 'warning',
  explanation:
    'A cache without a bound keeps one entry for each key that was ever asked for. Where keys come from users, it grows until the process runs out of memory. Give it the most entries (or bytes) that it may hold; it then gives up those that were not used for longest.',
  sources: [
    'https://github.com/isaacs/node-lru-cache#readme',
    'https://github.com/node-cache/node-cache#options',
    'https://github.com/medikoo/memoizee#limiting-cache-size',
  ],
  mentions: ['lru-cache', 'node-cache', 'memoizee'],
  check: file =>
    file.program.all('NewExpression', 'CallExpression').flatMap(call => {
      const origin = file.originOf(call);
      const kind = origin?.site?.node === call ? CACHES.get(origin.path) : undefined;
      return kind ? check(call, kind, file) : [];
    }),
};

function check(
  call: NodeOf<'NewExpression' | 'CallExpression'>,
  kind: CacheKind,
  { program }: CheckedFile,
): SourceFinding[] {
  const options = call.arguments[kind.index];
  if (options && options.type !== 'ObjectExpression') return [];
  if (call.arguments.some(({ type }) => type === 'SpreadElement')) return [];
  if (options && hasUnknownProperties(options)) return [];
  const bound = kind.bounds.map(name => propertyOf(options, name)).find(value => value !== undefined);
  if (bound && !isNothing(bound) && !isNoBound(program.textOf(bound))) return [];
  const isExpiring = kind.expiring && propertyOf(options, kind.expiring.option) !== undefined;
  return [
    {
      node: call,
      ...(isExpiring && kind.expiring ? { severity: kind.expiring.severity } : {}),
      message: `This cache has no bound: it holds an entry for each key, for ${isExpiring ? 'as long as its time to live' : 'ever'}.`,
      fixes: bound
        ? []
        : fixOf(`Give it a bound: ${kind.option}`, [addOption(program, call, kind.index, kind.option)]),
    },
  ];
}

const isNoBound = (text: string): boolean => /^(Infinity|Number\.POSITIVE_INFINITY|false|0|-1)$/.test(text);
