// Handles jobs of bullmq and of bull; prints what was kept of them as JSON: [name, status, waits][].
const follow = globalThis.followed;
const url = new URL(process.env.REDIS);
const connection = {
  host: url.hostname,
  port: Number(url.port),
  password: url.password,
  maxRetriesPerRequest: null,
};

const settled = (emitter, count) =>
  new Promise(resolve => {
    let left = count;
    const one = () => --left === 0 && resolve();
    emitter.on('completed', one).on('failed', one);
  });

/** The second of two fails. */
async function handle(redis, job) {
  await redis.get('a');
  if (job.data.fails) throw new Error('failed on purpose');
}

exports.tell = async ({ Bull, Queue, Worker, Redis }) => {
  const redis = new Redis(connection);
  const queue = new Queue('mails', { connection });
  const worker = new Worker('mails', job => handle(redis, job), { connection });
  const bull = new Bull('reports', { redis: connection });
  bull.process('weekly', job => handle(redis, job));
  bull.process('daily', (job, done) => void handle(redis, job).then(() => done(), done));
  const ended = Promise.all([settled(worker, 2), settled(bull, 2)]);
  await queue.add('welcome', { fails: false });
  await queue.add('welcome', { fails: true });
  await bull.add('weekly', { fails: false });
  await bull.add('daily', { fails: true });
  await ended;
  // Bull writes down how a job has ended.
  while (follow.kept().length < 4) await new Promise(setImmediate);
  const kept = follow
    .kept()
    .map(({ name, status, waits }) => [
      name,
      status,
      [...new Set(waits.map(({ kind, library, detail }) => `${kind} ${library} ${detail}`))],
    ]);
  process.stdout.write(`${JSON.stringify(kept.toSorted())}\n`, () => process.exit());
};
