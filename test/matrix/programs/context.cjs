// Prints in which operation each case's callbacks ran, as JSON: [case, 'its own' | 'none' | the other's name …][].
const { cases } = require('./context-cases.cjs');
const { load } = require('./required.cjs');
const { openWorld } = require('./world.cjs');

const follow = globalThis.followed;

(async () => {
  const world = await openWorld(load());
  const told = [];
  for (const [name, work] of Object.entries(cases(world))) {
    if (process.env.ONLY && !name.startsWith(process.env.ONLY)) continue;
    const operation = follow.operation(name);
    const seen = new Set();
    const here = () => {
      const current = follow.current();
      seen.add(current === name ? 'its own' : (current ?? 'none'));
    };
    await follow.inside(operation, () => work(here));
    follow.end(operation);
    // What was begun elsewhere ends before the next case.
    await world.elsewhere(() => world.sleep(25));
    told.push([name, [...seen].join(', ')]);
  }
  await world.close();
  // Pools would go on looking for idle objects.
  process.stdout.write(`${JSON.stringify(told)}\n`, () => process.exit());
})();
