const http = require('node:http');
const http2 = require('node:http2');
const { FRAMEWORKS } = require('./route-cases.cjs');

const follow = globalThis.followed;

const overHttp = (port, [method, path, body]) =>
  new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false });
    request.on('response', response => {
      let text = '';
      response.on('data', chunk => (text += chunk)).on('end', () => resolve(text));
    });
    request.on('error', reject).end(body);
  });

const overHttp2 = (port, [method, path]) =>
  new Promise((resolve, reject) => {
    const client = http2.connect(`http://127.0.0.1:${port}`);
    const stream = client.request({ ':method': method, ':path': path });
    let text = '';
    stream.on('data', chunk => (text += chunk)).on('error', reject);
    stream.on('close', () => client.close(() => resolve(text)));
  });

/** Once what has come of the last request is kept. */
async function kept(count) {
  while (follow.kept().length < count) await new Promise(setImmediate);
  return follow.kept().at(-1);
}

exports.tell = async libraries => {
  const told = [];
  for (const [name, { start, asked, isHttp2 = false }] of Object.entries(FRAMEWORKS)) {
    if (process.env.ONLY && !name.startsWith(process.env.ONLY)) continue;
    // Nobody's: what a server begins when it is started is no request's.
    const { port, close } = await start(libraries);
    for (const each of asked) {
      const before = follow.kept().length;
      const answer = await (isHttp2 ? overHttp2 : overHttp)(port, each);
      const operation = await kept(before + 1);
      // Handlers answer with the operation they ran in.
      const where = /\bin (\d+)/.exec(answer)?.[1];
      const isOwn = where === undefined || Number(where) === operation.id;
      told.push([name, each.slice(0, 2).join(' '), operation.name + (isOwn ? '' : ` but ran in ${where}`)]);
    }
    await close();
  }
  process.stdout.write(`${JSON.stringify(told)}\n`, () => process.exit());
};
