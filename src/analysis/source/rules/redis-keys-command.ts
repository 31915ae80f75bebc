/** KEYS stops the whole Redis server while it looks at every key. */
import { fixOf, statementOf } from '../edits.ts';
import { methodCall, staticText, unwrap } from '../expressions.ts';
import { REDIS_CLIENTS } from '../packages.ts';
import type { Node } from '@oxc-project/types';
import type { CheckedFile, Fix, Rule } from '../rule.ts';

export const redisKeysCommand: Rule = {
  id: 'redis-keys-command',
  severity: 'warning',
  explanation:
    'KEYS looks at every key of the database, and Redis answers nobody else meanwhile: with a million keys all clients wait for a good part of a second. SCAN does the same in small steps.',
  sources: ['https://redis.io/docs/latest/commands/keys/', 'https://redis.io/docs/latest/commands/scan/'],
  mentions: ['.keys', 'KEYS', "'keys'", '"keys"'],
  check: file =>
    file.program.all('CallExpression').flatMap(call => {
      if (!isKeys(call, file)) return [];
      const message = 'KEYS looks at every key while all other clients of this Redis server wait. Use SCAN.';
      return [{ node: call, message, fixes: fixes(call, file) }];
    }),
};

function isKeys(call: Node, file: CheckedFile): boolean {
  const method = methodCall(call);
  if (method?.call !== call || !REDIS_CLIENTS.has(file.pathOf(method.object) ?? '')) return false;
  const [first] = method.call.arguments;
  if (method.name === 'keys' || method.name === 'KEYS') return first !== undefined;
  if (!first) return false;
  const words = first.type === 'ArrayExpression' ? first.elements[0] : first;
  const command = words ? staticText(words) : undefined;
  return /^(sendCommand|call)$/.test(method.name) && command?.toLowerCase() === 'keys';
}

/** `const names = await redis.keys(pattern)` becomes a loop. */
function fixes(call: Extract<Node, { type: 'CallExpression' }>, { program }: CheckedFile): Fix[] {
  const awaiting = program.parentOf(call);
  const declarator = awaiting && program.parentOf(awaiting);
  const method = methodCall(call);
  const [pattern] = call.arguments;
  if (!method || !pattern || awaiting?.type !== 'AwaitExpression' || unwrap(awaiting) !== call) return [];
  if (
    declarator?.type !== 'VariableDeclarator' ||
    declarator.id.type !== 'Identifier' ||
    method.name === 'call'
  )
    return [];
  const place = statementOf(declarator, program);
  if (place?.statement.type !== 'VariableDeclaration' || place.statement.declarations.length !== 1) return [];
  const name = declarator.id.name;
  const client = program.textOf(method.object);
  const type = /\.[cm]?tsx?$/.test(program.file) && !declarator.id.typeAnnotation ? ': string[]' : '';
  const isIoredis = /ioredis|iovalkey/.test(program.text);
  const scan = isIoredis
    ? `${client}.scanStream({ match: ${program.textOf(pattern)} })`
    : `${client}.scanIterator({ MATCH: ${program.textOf(pattern)} })`;
  const indent = program.indentAt(place.statement.start);
  const lines = [
    `const ${program.textOf(declarator.id)}${type} = [];`,
    `${indent}for await (const found of ${scan}) ${name}.push(...[found].flat());`,
  ];
  const { start, end } = place.statement;
  return fixOf('Go through the keys by SCAN', [{ start, end, text: lines.join(program.lineEnd) }]);
}
