/** Watched functions of programs that run already: what a module exports is wrapped for as long as the recording lasts. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { slowcatch, temporaryFolders } from './cli.ts';
import { EDGES } from './node-matrix.ts';
import { watchedCalls } from './watched-run.ts';

const temporaryFolder = temporaryFolders();

const ORDERS = `
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
class Orders {
  async list(ms) { await sleep(ms); return this; }
  static count() { return new this().inner; }
  get total() { return 1; }
  get inner() { return 1; }
  *each() { yield 1; }
}
function find(id) { return inside(id); }
function inside(id) { return id + 1; }
const api = { read() { return this === api; } };
const frozen = { still() { return 1; } };
Object.freeze(frozen);
module.exports = { Orders, find, api, frozen };
`;
const MAIN = `
const all = require('./orders.cjs');
const described = () => [all, all.Orders, all.Orders.prototype, all.api, all.frozen].map(each => Object.getOwnPropertyDescriptors(each));
const before = described();
const same = () => described().every((each, index) => Reflect.ownKeys(each).every(key => {
  const now = each[key], was = before[index][key];
  return ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'].every(name => Object.is(now[name], was[name]));
}) && Reflect.ownKeys(each).length === Reflect.ownKeys(before[index]).length);
const wrong = [];
import('./numbers.mjs').then(({ one }) => {
  const timer = setInterval(async () => {
    const orders = new all.Orders();
    one();
    if (!all.api.read() || all.find(1) !== 2 || all.Orders.count() !== 1 || all.frozen.still() !== 1) wrong.push('result');
    if (all.find.name !== 'find' || all.find.length !== 1 || String(all.find) !== String(before[0].find.value)) wrong.push('face');
    if ([...orders.each(), orders.total].join() !== '1,1' || await orders.list(20) !== orders) wrong.push('list');
  }, 30);
  process.on('message', () => { process.send({ same: same(), wrong }); clearInterval(timer); process.disconnect(); });
  process.send('ready');
});
`;
const WATCHED = ['Orders.list=10ms', 'Orders.count', 'Orders.get total', 'Orders.each', 'find', 'inside'];
const REACHED = ['Orders.count', 'Orders.list', 'api.read', 'find'];
const NOT_REACHED = ['Orders.each', 'Orders.get total', 'frozen.still', 'inside'];

describe.each(EDGES)('functions of a program that runs already on Node.js $major', ({ binary }) => {
  test('are watched where they can be reached, else it is said; afterwards all is as before', async () => {
    const folder = temporaryFolder();
    const orders = path.join(folder, 'orders.cjs');
    writeFileSync(orders, ORDERS);
    writeFileSync(path.join(folder, 'numbers.mjs'), 'export function one() { return 1; }');
    writeFileSync(path.join(folder, 'main.cjs'), MAIN);
    const child = fork(path.join(folder, 'main.cjs'), { execPath: binary, execArgv: [], cwd: folder });
    try {
      await once(child, 'message');
      const out = path.join(folder, 'recording');
      const functions = [...WATCHED, 'api.read', 'frozen.still'].map(name => `orders.cjs:${name}`);
      const options = [...functions, 'numbers.mjs:one'].flatMap(each => ['--watch-function', each]);
      const attach = ['attach', '--out', out, '--json', '--duration', '4s', ...options, String(child.pid)];
      const { stdout } = await slowcatch(attach, { cwd: folder });
      const { routes, problems, operations } = watchedCalls(out);
      expect(routes.map(({ name }) => name).sort()).toEqual(REACHED);
      expect(operations.filter(({ name }) => name === 'Orders.list').length).toBeGreaterThan(0);
      expect(problems.map(({ detail }) => detail).sort()).toEqual(
        NOT_REACHED.map(name => `${name} in ${orders}`),
      );
      for (const name of NOT_REACHED) expect(stdout).toContain(`${name} in ${orders} was not watched`);
      expect(stdout).toContain(`one in ${path.join(folder, 'numbers.mjs')} was not watched`);
      const answer = once(child, 'message');
      child.send('end');
      expect(await answer).toMatchObject([{ same: true, wrong: [] }, undefined]);
    } finally {
      child.kill();
    }
  });
});
