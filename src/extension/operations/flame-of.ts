import type { OperationKind } from '../../contracts/operation-kinds.ts';
import type { OperationSelection } from '../../contracts/profile-source.ts';
import type { FlameShown } from '../../contracts/views/flame.ts';

/** One operation, or with `kind` all kept ones of its route. */
type FlamedOperation = { readonly id: string; readonly name: string } & (
  { readonly key: string } | { readonly kind: OperationKind }
);

/** The flamegraph of what ran in operations. */
export function flameOf(of: FlamedOperation): FlameShown {
  const operations: OperationSelection =
    'kind' in of ? { kind: 'route', of: of.kind, name: of.name } : { kind: 'operation', key: of.key };
  return { source: { kind: 'recording', id: of.id, operations }, name: of.name };
}
