/** BEGIN, COMMIT and ROLLBACK are sent to a pool, which gives each statement to any of its clients. */
import type { Node } from '@oxc-project/types';
import { methodCall, propertyOf, staticText } from '../expressions.ts';
import { BORROWING_POOLS } from '../packages.ts';
import type { CheckedFile, Rule, SourceFinding } from '../rule.ts';

const TRANSACTION = /^\s*(BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK|SAVEPOINT)\b/i;

const POOLS = new Set(
  BORROWING_POOLS.filter(({ direct }) => direct !== undefined).flatMap(({ pools }) => pools),
);

export const transactionOnPool: Rule = {
  id: 'transaction-on-pool',
  severity: 'error',
  explanation:
    'A pool gives each statement to whichever client is free. BEGIN, the statements after it and COMMIT may go to different connections: nothing is one transaction, and a connection with an open one goes back to the pool. Borrow one client for all of them.',
  sources: ['https://node-postgres.com/features/transactions'],
  mentions: ['BEGIN', 'begin', 'Begin', 'START', 'start', 'COMMIT', 'commit', 'ROLLBACK', 'rollback'],
  check(file) {
    const byFunction = new Map<Node | undefined, Node[]>();
    for (const call of file.program.all('CallExpression')) {
      if (!isOnPool(call, file)) continue;
      const around = file.program.functionAround(call);
      byFunction.set(around, [...(byFunction.get(around) ?? []), call]);
    }
    return [...byFunction.values()].flatMap(describe);
  },
};

function isOnPool(call: Node, file: CheckedFile): boolean {
  const method = methodCall(call);
  if (method?.call !== call || (method.name !== 'query' && method.name !== 'execute')) return false;
  const [first] = method.call.arguments;
  const sql = first && (staticText(first) ?? textOfProperty(first, 'text') ?? textOfProperty(first, 'sql'));
  return sql !== undefined && TRANSACTION.test(sql) && POOLS.has(file.pathOf(method.object) ?? '');
}

function textOfProperty(node: Node, name: string): string | undefined {
  const value = propertyOf(node, name);
  return value && staticText(value);
}

/** One for all statements of a transaction. */
function describe([first, ...others]: readonly Node[]): SourceFinding[] {
  if (!first) return [];
  return [
    {
      node: first,
      message:
        'A transaction needs one client: the pool may give each of these statements to another connection.',
      related: others.map(node => ({ node, message: 'This may run on another connection.' })),
    },
  ];
}
