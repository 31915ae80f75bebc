/** The only door to a parsed file: its text, tree, parents, nodes by kind and scopes. Offsets are UTF-16 code units. */
import type { Node, Program } from '@oxc-project/types';
import { childrenOf, isFunction, type FunctionNode } from '../../model/watched/syntax.ts';
import { Scopes } from './scopes.ts';

type Kind = Node['type'];
export type NodeOf<K extends Kind> = Extract<Node, { readonly type: K }>;

export class SourceProgram {
  readonly scopes: Scopes;
  private readonly parents = new Map<Node, Node>();
  private readonly kinds = new Map<Kind, Node[]>();
  private lineStarts: readonly number[] | undefined;

  constructor(
    /** Absolute. */
    readonly file: string,
    readonly text: string,
    readonly ast: Program,
  ) {
    this.index(ast);
    this.scopes = new Scopes(ast);
  }

  /** All nodes of these kinds, in the order of the text. */
  all<K extends Kind>(...kinds: readonly K[]): readonly NodeOf<K>[] {
    const lists = kinds.map(kind => (this.kinds.get(kind) ?? []) as NodeOf<K>[]);
    const [only] = lists;
    return lists.length === 1 && only ? only : lists.flat().sort((a, b) => a.start - b.start);
  }

  parentOf(node: Node): Node | undefined {
    return this.parents.get(node);
  }

  /** From the inside to the outside, without the node itself. */
  *ancestorsOf(node: Node): Generator<Node> {
    for (let each = this.parents.get(node); each; each = this.parents.get(each)) yield each;
  }

  /** The innermost function around a node; undefined at the top of the module. */
  functionAround(node: Node): FunctionNode | undefined {
    for (const each of this.ancestorsOf(node)) if (isFunction(each)) return each;
    return undefined;
  }

  textOf({ start, end }: { readonly start: number; readonly end: number }): string {
    return this.text.slice(start, end);
  }

  /** 1-based both. */
  positionOf(offset: number): { readonly line: number; readonly column: number } {
    this.lineStarts ??= [
      0,
      ...[...this.text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map(found => found.index + found[0].length),
    ];
    const starts = this.lineStarts;
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** The white space that the line of this offset begins with. */
  indentAt(offset: number): string {
    const start =
      Math.max(this.text.lastIndexOf('\n', offset - 1), this.text.lastIndexOf('\r', offset - 1)) + 1;
    return /^[ \t]*/.exec(this.text.slice(start, offset))?.[0] ?? '';
  }

  get lineEnd(): string {
    return this.text.includes('\r\n') ? '\r\n' : '\n';
  }

  private index(ast: Program): void {
    const open: Node[] = [ast];
    for (let node = open.pop(); node; node = open.pop()) {
      const same = this.kinds.get(node.type);
      if (same) same.push(node);
      else this.kinds.set(node.type, [node]);
      const children = childrenOf(node);
      for (const child of children) this.parents.set(child, node);
      open.push(...children.reverse());
    }
  }
}
