/** Each script runs in a sandbox of its own, and the list of what ran keeps them: with each a whole context of V8. */
import vm from 'node:vm';

export const truth = { kind: 'global array' };
export const operationsPerEpoch = 8;

const finished = [];

export function operation(n) {
  const sandbox = { script: n, result: 0 };
  vm.runInContext(`result = script * 2`, vm.createContext(sandbox));
  finished.push(sandbox); // leaks here
  return sandbox.result;
}
