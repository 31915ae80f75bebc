import { describe, expect, test } from 'vitest';
import type { ScriptBodies } from '../../../../src/model/cpu/inlining/frame-bodies.ts';
import { InliningRepair } from '../../../../src/model/cpu/inlining/repair.ts';
import { blockingCalls } from '../../../../src/model/operations/blocking-calls.ts';
import { scanFunctions } from '../../../../src/model/source/function-ranges.ts';
import { dedent, parseCallTree } from '../../../draw/call-tree.ts';

const APP = dedent(`
  function load(file) {                        // line 1
    const seen = exists(file);
    return seen && fs.readFileSync(file);
  }
  function both(file) {                        // line 5
    fs.writeFileSync(file, '');
    const nested = () => fs.rmSync(file);
    return fs.readFileSync(file) + fs
      .readFileSync(file);
  }`).join('\n');

const bodies: ScriptBodies = ({ scriptId }) =>
  scriptId === 'app.js'
    ? { text: APP, ranges: scanFunctions(APP)!, startLine: 0, startColumn: 0 }
    : undefined;

const drawCalls = (drawn: string): string[] => {
  const tree = parseCallTree(drawn);
  const { calls, callOf } = blockingCalls(tree);
  const told = calls.map(({ kind, library, name, caller }) =>
    [kind, library, name, 'by', tree.frames[caller]?.functionName ?? 'nobody'].join(' '),
  );
  return Array.from(callOf, (call, node) => [call, node] as const)
    .filter(([call]) => call >= 0)
    .map(([call, node]) => `${tree.frames[tree.frame[node]!]!.functionName}: ${told[call]}`);
};

describe('blocking calls', () => {
  test('have all that runs in them, and the program’s function that made them', () => {
    expect(
      drawCalls(`
        (root)
          load app.js:1:14
            readFileSync node:fs:430:22
              openSync node:fs:546:18 | 560: 10
                open :0:0
            other app.js:5:14 | 6: 20
          spawnSync node:child_process:700:19 | 1: 5
      `),
    ).toEqual([
      'readFileSync: fs node:fs readFileSync by load',
      'openSync: fs node:fs readFileSync by load',
      'open: fs node:fs readFileSync by load',
      'spawnSync: child node:child_process spawnSync by nobody',
    ]);
  });

  test('are Node’s own: a function of the program may have any name', () => {
    expect(
      drawCalls(`
        (root)
          readFileSync app.js:1:14 | 1: 10
            readFile node:fs:300:20 | 310: 5
            runSync node:internal/util:3:4 | 3: 5
      `),
    ).toEqual([]);
  });

  test('the line of a call is told where the caller’s own text has one such call only', () => {
    const tree = parseCallTree(`
      (root)
        load app.js:1:14 | 3: 10
        both app.js:5:14 | 8: 10
        lost lost.js:1:14 | 3: 10
    `);
    const repair = new InliningRepair(tree, bodies);
    const lineOf = (caller: string, name: string) =>
      repair.lineCalling(
        tree.frames.findIndex(({ functionName }) => functionName === caller),
        name,
      );
    expect(lineOf('load', 'readFileSync')).toBe(3);
    expect(lineOf('both', 'writeFileSync')).toBe(6);
    expect(lineOf('both', 'readFileSync')).toBeUndefined();
    expect(lineOf('both', 'rmSync')).toBeUndefined();
    expect(lineOf('load', 'execSync')).toBeUndefined();
    expect(lineOf('lost', 'readFileSync')).toBeUndefined();
  });
});
