// Runs every case in an operation of its own; prints its time and its waits as JSON: `Told[]`.
const { cases } = require('./wait-cases.cjs');
const { openWorld } = require('./world.cjs');

const follow = globalThis.followed;

exports.tell = async libraries => {
  const world = await openWorld(libraries);
  // Its implementation is loaded at the first time.
  await (await fetch(world.url)).text();
  const told = [];
  for (const [name, work] of Object.entries(cases(world))) {
    if (process.env.ONLY && !name.startsWith(process.env.ONLY)) continue;
    const operation = follow.operation(name);
    await follow.inside(operation, work);
    const { durationMicroseconds, slices, waits } = follow.end(operation);
    told.push({ name, duration: durationMicroseconds, slices, waits });
  }
  await world.close();
  // Pools would go on looking for idle objects.
  process.stdout.write(`${JSON.stringify(told)}\n`, () => process.exit());
};
