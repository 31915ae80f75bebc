/** Turns scopes into functions once the whole text is read: those that were closed, renumbered, their lines sorted. */
import { Trait } from './scopes.ts';
import type { Scopes } from './scopes.ts';

const NONE = -1;

/**
 *   start, end, parent   per function, in the order in which they begin; parent -1 is the script
 *   lineOwner            functions with tokens directly in them, grouped by line, ascending within a line
 *   lineOwnerStart       per 0-based line where its owners begin, and behind the last one where they end
 */
export interface Functions {
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly parent: Int32Array;
  readonly lineOwner: Int32Array;
  readonly lineOwnerStart: Int32Array;
}

export function resolveScopes(scopes: Scopes, lineCount: number): Functions {
  const { around, owner, count } = numberFunctions(scopes);
  const start = new Int32Array(count);
  const end = new Int32Array(count);
  const parent = new Int32Array(count);
  for (let scope = 1; scope < scopes.start.length; scope++) {
    if (scopes.end.values[scope] === 0) continue;
    const index = owner[scope]!;
    start[index] = scopes.start.values[scope]!;
    end[index] = scopes.end.values[scope]!;
    parent[index] = around[scopes.parent.values[scope]!]!;
  }
  return { start, end, parent, ...ownersByLine(scopes, owner, count, lineCount) };
}

/** Per scope: the function whose range it lies in, and the function that its tokens belong to. */
function numberFunctions(scopes: Scopes): { around: Int32Array; owner: Int32Array; count: number } {
  const around = new Int32Array(scopes.start.length).fill(NONE);
  const owner = new Int32Array(scopes.start.length).fill(NONE);
  let count = 0;
  for (let scope = 1; scope < scopes.start.length; scope++) {
    const parent = scopes.parent.values[scope]!;
    if (scopes.end.values[scope] !== 0) {
      around[scope] = count;
      owner[scope] = count++;
      continue;
    }
    const skips = (scopes.traits.values[scope]! & Trait.SkipsParent) !== 0;
    around[scope] = around[parent]!;
    owner[scope] = owner[skips ? scopes.parent.values[parent]! : parent]!;
  }
  return { around, owner, count };
}

/** Groups the rows by line and keeps every owner of a line once. */
function ownersByLine(
  { tokenLine, tokenScope }: Scopes,
  owner: Int32Array,
  count: number,
  lineCount: number,
): Pick<Functions, 'lineOwner' | 'lineOwnerStart'> {
  const lineOwner = new Int32Array(tokenLine.length);
  const lineOwnerStart = new Int32Array(lineCount + 1);
  /** Per function (the script first): 1 + the last line that it was noted for. Tokens come line by line. */
  const noted = new Int32Array(count + 1);
  let length = 0;
  let line = 0;
  for (let row = 0; row < tokenLine.length; row++) {
    while (line < tokenLine.values[row]!) lineOwnerStart[++line] = length;
    const index = owner[tokenScope.values[row]!]!;
    if (noted[index + 1] === line + 1) continue;
    noted[index + 1] = line + 1;
    lineOwner[length++] = index;
  }
  while (line < lineCount) lineOwnerStart[++line] = length;
  sortWithin(lineOwner, lineOwnerStart);
  return { lineOwner: lineOwner.slice(0, length), lineOwnerStart };
}

function sortWithin(values: Int32Array, groupStart: Int32Array): void {
  for (let group = 0; group + 1 < groupStart.length; group++) {
    const from = groupStart[group]!;
    const to = groupStart[group + 1]!;
    let ascending = true;
    for (let at = from + 1; at < to && ascending; at++) ascending = values[at - 1]! < values[at]!;
    if (!ascending) values.subarray(from, to).sort();
  }
}
