/** What `this.name` is set to in its class. */
import type { Node } from '@oxc-project/types';
import { isFunction } from '../../model/watched/syntax.ts';
import { contains, isNothing, nameOfKey } from './expressions.ts';
import type { NodeOf, SourceProgram } from './program.ts';

type ClassNode = NodeOf<'ClassDeclaration' | 'ClassExpression'>;

/** The class whose `this` is meant at a node. */
export function classAround(node: Node, program: SourceProgram): ClassNode | undefined {
  for (const each of program.ancestorsOf(node)) {
    if (each.type === 'ClassDeclaration' || each.type === 'ClassExpression') return each;
    const isOwnThis =
      isFunction(each) && each.type !== 'ArrowFunctionExpression' && each.type !== 'StaticBlock';
    if (isOwnThis && program.parentOf(each)?.type !== 'MethodDefinition') return undefined;
  }
  return undefined;
}

/** Of a field: its initial value, what is assigned, or, where there is none, its declared type. */
export function fieldValues(member: Node, name: string, program: SourceProgram): Node[] {
  const owner = classAround(member, program);
  if (!owner) return [];
  const declared = owner.body.body.flatMap(each =>
    each.type === 'PropertyDefinition' && !each.static && nameOfKey(each.key, each.computed) === name
      ? [each]
      : [],
  );
  const values = [
    ...declared.flatMap(({ value }) => (value ? [value] : [])),
    ...parameterProperties(owner, name),
    ...fieldUses(owner, name, program).flatMap(use => {
      const parent = program.parentOf(use);
      return parent?.type === 'AssignmentExpression' && parent.left === use ? [parent.right] : [];
    }),
  ].filter(value => !isNothing(value));
  if (values.length > 0) return values;
  return declared.flatMap(({ typeAnnotation }) => (typeAnnotation ? [typeAnnotation] : []));
}

/** All `this.name` in a class. */
export const fieldUses = (owner: ClassNode, name: string, program: SourceProgram): Node[] =>
  program
    .all('MemberExpression')
    .filter(
      use =>
        contains(owner, use) &&
        use.object.type === 'ThisExpression' &&
        nameOfKey(use.property, use.computed) === name,
    );

/** `constructor(private readonly pool: Pool)` */
function parameterProperties(owner: ClassNode, name: string): Node[] {
  return owner.body.body.flatMap(member => {
    if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') return [];
    return member.value.params.flatMap(each => {
      if (each.type !== 'TSParameterProperty') return [];
      const inner = each.parameter.type === 'AssignmentPattern' ? each.parameter.left : each.parameter;
      return inner.type === 'Identifier' && inner.name === name ? [inner] : [];
    });
  });
}
