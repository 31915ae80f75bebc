// Handles jobs of pg-boss, of each version that runs here; prints what was kept of them as JSON: [name, status, detail, waits,
// is its own][].
const follow = globalThis.followed;
const connectionString = process.env.POSTGRES;

exports.tell = async ({ versions, Pool }) => {
  const pool = new Pool({ connectionString, max: 1 });
  for (const [queue, PgBoss] of Object.entries(versions)) {
    const boss = new PgBoss({ connectionString, schema: queue, max: 2 });
    boss.on('error', () => undefined);
    await boss.start();
    await boss.createQueue(queue);
    const before = follow.kept().length;
    await boss.send(queue, { fails: false }, { retryLimit: 0 });
    await boss.send(queue, { fails: true }, { retryLimit: 0 });
    await boss.work(queue, { pollingIntervalSeconds: 0.5 }, async ([job]) => {
      await pool.query('select 7');
      if (job.data.fails) throw new Error('on purpose');
    });
    while (follow.kept().length < before + 2) await new Promise(setImmediate);
    await boss.stop({ graceful: false, wait: true });
  }
  await pool.end();
  const isDetailed = detail => /^job [\da-f-]{36}$/.test(detail);
  const kept = follow
    .kept()
    .map(({ name, status, detail, waits }) => [
      name,
      status,
      isDetailed(detail),
      [
        ...new Set(
          waits.filter(({ kind }) => kind === 'query').map(wait => `${wait.library} ${wait.detail}`),
        ),
      ],
    ]);
  process.stdout.write(`${JSON.stringify(kept.toSorted())}\n`, () => process.exit());
};

/** The newest one asks for Node.js 22.12. */
exports.canRunNewest = Number.parseInt(process.versions.node, 10) >= 24;
