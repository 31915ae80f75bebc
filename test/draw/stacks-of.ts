import type { StackFunction, StackProfile, StackTrack } from '../../src/model/stacks/stack-profile.ts';

/**
 * Stacks from text: tracks, below them one node per line with its function, place (if any) and self weight.
 *
 *   main
 *     tick app.js:6 50
 *       burn app.js:1 100
 *     (idle) 20
 */
export function stacksOf(text: string, unit: StackProfile['unit'] = 'microseconds'): StackProfile {
  const functions: StackFunction[] = [];
  const tracks: { name: string; parent: number[]; function: number[]; self: number[]; path: number[] }[] = [];
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const margin = Math.min(...lines.map(line => line.search(/\S/)));
  for (const line of lines) {
    const depth = (line.search(/\S/) - margin) / 2;
    if (depth === 0) {
      tracks.push({ name: line.trim(), parent: [-1], function: [-1], self: [0], path: [0] });
      continue;
    }
    const track = tracks.at(-1)!;
    const [, name = '', file = '', at = '0', self = '0'] =
      /^\s*(.+?)(?: (\S+?):(\d+))? ([\d.]+)$/.exec(line) ?? [];
    track.path.length = depth;
    track.parent.push(track.path.at(-1)!);
    track.function.push(functionOf(functions, { name, file, line: Number(at) }));
    track.path.push(track.self.push(Number(self)) - 1);
  }
  return { name: 'drawn', unit, functions, tracks: tracks.map(trackOf) };
}

function functionOf(
  functions: StackFunction[],
  about: Pick<StackFunction, 'name' | 'file' | 'line'>,
): number {
  const known = functions.findIndex(each => each.name === about.name && each.file === about.file);
  if (known >= 0) return known;
  return functions.push({ ...about, column: 1, kind: kindOf(about) }) - 1;
}

function kindOf({ name, file }: Pick<StackFunction, 'name' | 'file'>): StackFunction['kind'] {
  if (file === 'agent.cjs') return 'slowcatch';
  if (file.startsWith('node:')) return 'node';
  if (file !== '') return 'own';
  return name.startsWith('(') ? 'state' : 'native';
}

function trackOf(drawn: { name: string; parent: number[]; function: number[]; self: number[] }): StackTrack {
  return {
    name: drawn.name,
    nodeCount: drawn.parent.length,
    parent: Int32Array.from(drawn.parent),
    function: Int32Array.from(drawn.function),
    self: Float64Array.from(drawn.self),
    samples: Float64Array.from(drawn.self, weight => weight / 10),
    lineNode: new Int32Array(),
    lineNumber: new Int32Array(),
    lineSelf: new Float64Array(),
  };
}
