/** Fifty connections that ask again as soon as they are answered. */
import http from 'node:http';
import http2 from 'node:http2';

const CONNECTIONS = 50;
const SESSIONS = 5;

type Ask = (path: string, done: (error?: Error) => void) => void;

/** Resolves when the time is over and every connection has its last answer; answers how many there were. */
export async function load(
  ports: readonly number[],
  paths: readonly string[],
  seconds: number,
): Promise<number> {
  const agents = ports.map(port => ({ port, agent: new http.Agent({ keepAlive: true }) }));
  const asks = Array.from({ length: CONNECTIONS }, (_, index): Ask => {
    const { port, agent } = agents[index % agents.length] as (typeof agents)[number];
    return (path, done) => askHttp({ port, agent, path }, done);
  });
  const answered = await askAll(asks, paths, seconds);
  for (const { agent } of agents) agent.destroy();
  return answered;
}

export async function load2(port: number, paths: readonly string[], seconds: number): Promise<number> {
  const sessions = Array.from({ length: SESSIONS }, () => http2.connect(`http://127.0.0.1:${port}`));
  const asks = Array.from({ length: CONNECTIONS }, (_, index): Ask => {
    const session = sessions[index % SESSIONS] as http2.ClientHttp2Session;
    return (path, done) => askHttp2(session, path, done);
  });
  const answered = await askAll(asks, paths, seconds);
  for (const session of sessions) session.close();
  return answered;
}

async function askAll(asks: readonly Ask[], paths: readonly string[], seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let answered = 0;
  await Promise.all(
    asks.map(async (ask, connection) => {
      for (let turn = connection; performance.now() < end; turn++) {
        const path = paths[turn % paths.length] as string;
        await new Promise<void>((resolve, reject) =>
          ask(path, error => (error === undefined ? resolve() : reject(error))),
        );
        answered++;
      }
    }),
  );
  return answered;
}

/** `/body` is sent in two pieces. */
function askHttp(
  { port, agent, path }: { port: number; agent: http.Agent; path: string },
  done: (error?: Error) => void,
): void {
  const method = path === '/body' ? 'POST' : 'GET';
  const request = http.request({ host: '127.0.0.1', port, agent, path, method }, response => {
    response.resume().on('end', () => done());
  });
  request.on('error', done);
  if (method === 'GET') return void request.end();
  request.write('a');
  setTimeout(() => request.end('b'), 2);
}

function askHttp2(session: http2.ClientHttp2Session, path: string, done: (error?: Error) => void): void {
  const method = path === '/body' ? 'POST' : 'GET';
  const stream = session.request({ ':path': path, ':method': method }, { endStream: method === 'GET' });
  stream.on('error', done).on('close', () => done());
  stream.resume();
  if (method === 'GET') return;
  stream.write('a');
  setTimeout(() => stream.end('b'), 2);
}
