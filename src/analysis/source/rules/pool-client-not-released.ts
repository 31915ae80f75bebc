/** A client is borrowed from a pool and never given back on any path. */
import { borrowings, usesOf, type Borrowed, type Use } from '../borrowed.ts';
import { fixOf, removeStatement, statementOf, wrapRest } from '../edits.ts';
import { methodCall } from '../expressions.ts';
import type { CheckedFile, Fix, Rule, SourceFinding } from '../rule.ts';

export const poolClientNotReleased: Rule = {
  id: 'pool-client-not-released',
  severity: 'error',
  explanation:
    'A client that is not given back is lost to its pool. After as many calls as the pool has clients, all further ones wait for ever. Release it in a `finally` block, or use `pool.query` where one statement is enough.',
  sources: [
    'https://node-postgres.com/features/pooling',
    'https://github.com/brianc/node-postgres/issues/1777',
    'https://typeorm.io/docs/query-runner/',
  ],
  mentions: ['connect', 'getConnection', 'createQueryRunner', 'startSession', 'acquire'],
  check: file => borrowings(file).flatMap(borrowed => check(borrowed, file)),
};

function check(borrowed: Borrowed, file: CheckedFile): SourceFinding[] {
  const uses = usesOf(borrowed, file);
  if (uses.some(({ kind }) => kind !== 'use' && kind !== 'test')) return [];
  if ((borrowed.done?.references.length ?? 0) > 0 || isHeldOnPurpose(borrowed, uses, file)) return [];
  const name = borrowed.binding ? `"${borrowed.binding.name}"` : 'The client';
  return [
    {
      node: borrowed.call,
      message: `${name} is borrowed from the pool and never given back: each call takes one away for good.`,
      fixes: fixes(borrowed, uses, file),
    },
  ];
}

/** It listens for notifications, or the program or the pool ends with it. */
function isHeldOnPurpose(
  { around, object }: Borrowed,
  uses: readonly Use[],
  { program }: CheckedFile,
): boolean {
  if (uses.some(use => 'method' in use && use.method === 'on')) return true;
  const text = program.textOf(around);
  return text.includes('process.exit') || text.includes(`${program.textOf(object)}.end(`);
}

function fixes(borrowed: Borrowed, uses: readonly Use[], file: CheckedFile): Fix[] {
  const { binding, held, pool } = borrowed;
  const { program } = file;
  const statement = held && statementOf(held, program);
  if (!binding || !statement || statement.statement.type !== 'VariableDeclaration') return [];
  const release = pool.release[0];
  const cleanup =
    release === undefined
      ? `await ${program.textOf(borrowed.object)}.release(${binding.name});`
      : `${pool.library === 'typeorm' || pool.library === 'mongodb' ? 'await ' : ''}${binding.name}.${release}();`;
  return [
    ...directFix(borrowed, uses, file),
    ...fixOf(`Give "${binding.name}" back in a finally block`, wrapRest(program, statement, cleanup)),
  ];
}

/** One statement needs no client of its own. */
function directFix({ held, pool, object }: Borrowed, uses: readonly Use[], { program }: CheckedFile): Fix[] {
  const [use] = uses;
  const statement = held && program.parentOf(held);
  if (uses.length !== 1 || use?.kind !== 'use' || use.method !== pool.direct || !use.call || !statement)
    return [];
  if (statement.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return [];
  const receiver = methodCall(use.call)?.object;
  if (!receiver) return [];
  return fixOf('Use the pool: it gives the client back by itself', [
    removeStatement(program, statement),
    { start: receiver.start, end: receiver.end, text: program.textOf(object) },
  ]);
}
