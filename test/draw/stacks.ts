/**
 * Weighted stacks as text: tracks, below them one node per line with its own weight and, behind a bar, that of its lines.
 *
 *   main
 *     tick app.js:6:14 50 | 7: 20, 8: 30
 *       burn app.js:1:18 100 | 2: 100
 */
import type { StackProfile, StackTrack } from '../../src/model/stacks/stack-profile.ts';

export function drawStacks({ functions, tracks }: StackProfile): string {
  const draw = (track: StackTrack, node: number, depth: number): string[] => {
    const { name, file, line, column } = functions[track.function[node]!]!;
    const place = file === '' ? '' : ` ${file}:${line}:${column}`;
    const text = `${'  '.repeat(depth)}${name}${place} ${track.self[node]}${linesOf(track, node)}`;
    return [text, ...below(track, node, depth)];
  };
  const below = (track: StackTrack, node: number, depth: number): string[] =>
    [...track.parent.keys()]
      .filter(child => track.parent[child] === node)
      .flatMap(child => draw(track, child, depth + 1));
  return tracks.flatMap(track => [track.name, ...below(track, 0, 0)]).join('\n');
}

function linesOf({ lineNode, lineNumber, lineSelf }: StackTrack, node: number): string {
  const rows = [...lineNode.keys()].filter(row => lineNode[row] === node);
  if (rows.length === 0) return '';
  return ` | ${rows.map(row => `${lineNumber[row]}: ${lineSelf[row]}`).join(', ')}`;
}
