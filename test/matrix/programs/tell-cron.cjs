// Runs tasks of node-cron, one by its time; prints what was kept of them as JSON: [name, status, waits, is its own][].
const fs = require('node:fs');
const follow = globalThis.followed;

exports.tell = async cron => {
  const ran = {};
  const work = name => async () => {
    ran[name] = follow.currentId();
    await fs.promises.stat(__filename);
    if (ran[name] !== follow.currentId()) ran[name] = 'elsewhere';
    if (name === 'fails') throw new Error('on purpose');
  };
  const nothing = () => undefined;
  const logger = { error: nothing, warn: nothing, info: nothing, debug: nothing };
  const never = '0 0 1 1 *';
  const fine = cron.createTask(never, work('fine'), { name: 'nightly', logger });
  const nameless = cron.createTask(never, work('nameless'), { logger });
  const fails = cron.createTask(never, work('fails'), { name: 'fails', logger });
  await fine.execute();
  await nameless.execute();
  await fails.execute().catch(nothing);
  const timed = await new Promise(resolve => {
    const task = cron.schedule('* * * * * *', work('timed'), { name: 'every second', logger });
    task.on('execution:finished', () => resolve(task));
  });
  timed.stop();
  while (follow.kept().length < 4) await new Promise(setImmediate);
  const ids = new Set(Object.values(ran));
  const kept = follow
    .kept()
    .filter(({ name }) => name.startsWith('cron '))
    .map(({ id, name, status, waits }) => [name, status, waits.map(({ kind }) => kind).join(), ids.has(id)]);
  process.stdout.write(`${JSON.stringify(kept)}\n`, () => process.exit());
};
