/** A pool or client that is meant to be made once is made for each call. */
import { handlerOf, isExported, runsOnce } from '../per-request.ts';
import { isOnlyOfThisCall } from '../made-per-call.ts';
import { MADE_ONCE } from '../packages.ts';
import type { CheckedFile, Rule, SourceFinding } from '../rule.ts';
import type { Node } from '@oxc-project/types';

export const poolCreatedPerCall: Rule = {
  id: 'pool-created-per-call',
  severity: 'warning',
  explanation:
    'A pool saves the time to connect only when calls share it. One that is made for each request connects anew each time, and many requests at once use up the connections of the database. Make it once, at the top of a module, and share it.',
  sources: [
    'https://node-postgres.com/features/pooling',
    'https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections',
    'https://github.com/prisma/prisma-client-js/issues/730',
  ],
  mentions: [
    'Pool',
    'PrismaClient',
    'MongoClient',
    'knex',
    'ioredis',
    'createClient',
    'DataSource',
    'Sequelize',
    'iscina',
    'Queue',
  ],
  check: file =>
    file.program.all('NewExpression', 'CallExpression').flatMap(node => {
      const origin = file.originOf(node);
      const what = origin?.site?.node === node ? MADE_ONCE.get(origin.path) : undefined;
      return what === undefined ? [] : check(node, what, file);
    }),
};

function check(node: Node, what: string, file: CheckedFile): SourceFinding[] {
  if (!isOnlyOfThisCall(node, file.program)) return [];
  if (handlerOf(node, file))
    return [
      { node, severity: 'error', message: `Each request makes a ${what} here. Make one, and share it.` },
    ];
  if (!isCalledAgain(node, file)) return [];
  return [{ node, message: `Each call of this function makes a ${what}. Make one, and share it.` }];
}

/** Others may call it as often as they like. */
export function isCalledAgain(node: Node, { program }: CheckedFile): boolean {
  const around = program.functionAround(node);
  if (!around || runsOnce(node, program)) return false;
  const parent = program.parentOf(around);
  if (parent?.type === 'MethodDefinition') return parent.kind === 'method';
  return isExported(around, program);
}
