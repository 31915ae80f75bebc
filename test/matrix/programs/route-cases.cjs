// Frameworks, each with the requests that it is asked: [method, path, body][]. Handlers wait a little and tell in which
// operation they ran.
const sleep = () => new Promise(resolve => setTimeout(resolve, 2));
const where = async () => (await sleep(), `in ${globalThis.followed?.currentId()}`);

const listening = (server, close = () => new Promise(resolve => server.close(resolve))) =>
  new Promise(resolve => {
    const told = () => resolve({ port: server.address().port, close });
    if (server.listening) told();
    else server.on('listening', told);
  });

/** Routers in routers, one of them under a prefix with a parameter, another under one without. */
function expressApp(express) {
  const app = express();
  const users = express.Router();
  users.get('/users/:id', async (request, response) => response.send(await where()));
  users.get('/', async (request, response) => response.send(await where()));
  const admin = express.Router();
  admin.get('/audit/:entry', async (request, response) => response.send(await where()));
  const teams = express.Router({ mergeParams: true });
  teams.get('/members/:member', async (request, response) => response.send(await where()));
  users.use('/admin', admin);
  users.use('/teams/:team', teams);
  const inner = express();
  inner.get('/reports/:report', async (request, response) => response.send(await where()));
  app.use((request, response, next) => setTimeout(next, 1));
  app.use('/api', users);
  app.use('/tenants/:tenant', users);
  app.use('/inner', inner);
  app.get('/items/:item', async (request, response) => response.send(await where()));
  app.get(/^\/regular\/(\w+)$/, async (request, response) => response.send(await where()));
  return app;
}

const EXPRESS_ASKED = [
  '/items/abc?secret=1',
  '/api/users/abc',
  '/api',
  '/api/admin/audit/abc',
  '/tenants/acme/users/abc',
  '/tenants/acme/admin/audit/abc',
  '/tenants/acme/teams/red/members/joe',
  '/inner/reports/abc',
  '/regular/abc',
  '/nowhere/17',
].map(path => ['GET', path]);

function nestApp({ Controller, Get, Param, Module, NestFactory }) {
  class Items {
    async one() {
      return where();
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Items.prototype, 'one');
  Get('items/:item')(Items.prototype, 'one', descriptor);
  Param('item')(Items.prototype, 'one', 0);
  Controller('shop')(Items);
  class App {}
  Module({ controllers: [Items] })(App);
  return NestFactory.create(App, { logger: false });
}

function honoApp(Hono) {
  const app = new Hono();
  const users = new Hono();
  users.get('/users/:id', async context => context.text(await where()));
  app.use('*', async (context, next) => {
    await sleep();
    await next();
  });
  app.use('/closed/*', context => context.text('no', 401));
  app.get('/items/:item', async context => context.text(await where()));
  app.route('/api', users);
  app.mount('/mounted', users.fetch);
  app.get('/calls', async context => context.text(await (await users.request('/users/7')).text()));
  return app;
}

function koaApp(Koa, Router) {
  const app = new Koa();
  const router = new Router({ prefix: '/api' });
  router.use(async (context, next) => (await sleep(), next()));
  router.get('/users/:id', async context => (context.body = await where()));
  const teams = new Router();
  teams.get('/members/:member', async context => (context.body = await where()));
  router.use('/teams/:team', teams.routes());
  app.use(router.routes());
  return app;
}

const KOA_ASKED = ['/api/users/abc', '/api/teams/red/members/joe', '/nowhere/17'].map(path => ['GET', path]);

function fastifyApp(fastify, options) {
  const app = fastify(options);
  app.register(
    async scope => {
      scope.get('/users/:id', where);
    },
    { prefix: '/tenants/:tenant' },
  );
  return app;
}

async function startFastify(fastify, options) {
  const app = fastifyApp(fastify, options);
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { port: app.server.address().port, close: () => app.close() };
}

const FASTIFY_ASKED = ['/tenants/acme/users/abc', '/nowhere/17'].map(path => ['GET', path]);

async function startH3({ H3, serve }) {
  const app = new H3();
  app.get('/items/:item', where);
  app.get('/api/users/:id', where);
  const server = serve(app, { port: 0, hostname: '127.0.0.1', silent: true });
  await server.ready();
  return { port: server.node.server.address().port, close: () => server.close(true) };
}

function startH3v1({ createApp, createRouter, eventHandler, toNodeListener }) {
  const router = createRouter();
  router.get('/items/:item', eventHandler(where));
  router.get('/api/users/:id', eventHandler(where));
  const app = createApp();
  app.use(router);
  return listening(require('node:http').createServer(toNodeListener(app)).listen(0));
}

const H3_ASKED = ['/items/abc', '/api/users/abc', '/nowhere/17'].map(path => ['GET', path]);

function graphqlServer({ buildSchema, graphql }) {
  const schema = buildSchema('type Query { where: String, other: String }');
  return require('node:http').createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { query, operationName } = JSON.parse(body);
    const rootValue = { where, other: where };
    response.end(JSON.stringify(await graphql({ schema, source: query, operationName, rootValue })));
  });
}

const GRAPHQL_ASKED = [
  { query: 'query Orders { where }' },
  { query: 'query One { where } query Two { other }', operationName: 'Two' },
  { query: '{ where }' },
  { query: 'no query' },
].map(body => ['POST', '/graphql', JSON.stringify(body)]);

exports.FRAMEWORKS = {
  'express 5': {
    start: ({ express }) => listening(expressApp(express).listen(0)),
    asked: EXPRESS_ASKED,
  },
  'express 4': {
    start: ({ express4 }) => listening(expressApp(express4).listen(0)),
    asked: EXPRESS_ASKED,
  },
  NestJS: {
    start: async ({ nest }) => {
      const app = await nestApp(nest);
      await app.listen(0);
      return { port: app.getHttpServer().address().port, close: () => app.close() };
    },
    asked: [['GET', '/shop/items/abc']],
  },
  koa: {
    start: ({ Koa, KoaRouter }) => listening(koaApp(Koa, KoaRouter).listen(0)),
    asked: KOA_ASKED,
  },
  'koa, HTTP/2': {
    start: ({ Koa, KoaRouter }) =>
      listening(require('node:http2').createServer(koaApp(Koa, KoaRouter).callback()).listen(0)),
    asked: KOA_ASKED,
    isHttp2: true,
  },
  fastify: { start: ({ fastify }) => startFastify(fastify, {}), asked: FASTIFY_ASKED },
  'fastify, HTTP/2': {
    start: ({ fastify }) => startFastify(fastify, { http2: true }),
    asked: FASTIFY_ASKED,
    isHttp2: true,
  },
  'fastify 4': { start: ({ fastify4 }) => startFastify(fastify4, {}), asked: FASTIFY_ASKED },
  h3: { start: ({ h3 }) => startH3(h3), asked: H3_ASKED },
  'h3 1': { start: ({ h3v1 }) => startH3v1(h3v1), asked: H3_ASKED },
  Hono: {
    start: ({ Hono, serveHono }) =>
      new Promise(resolve => {
        const server = serveHono({ fetch: honoApp(Hono).fetch, port: 0 }, ({ port }) =>
          resolve({ port, close: () => new Promise(done => server.close(done)) }),
        );
      }),
    asked: ['/items/abc', '/api/users/abc', '/mounted/users/abc', '/closed/17', '/calls', '/nowhere/17'].map(
      path => ['GET', path],
    ),
  },
  polka: {
    start: ({ polka }) =>
      listening(
        polka()
          .get('/items/:item', async (request, response) => response.end(await where()))
          .listen(0).server,
      ),
    asked: [['GET', '/items/17']],
  },
  GraphQL: { start: ({ graphql }) => listening(graphqlServer(graphql).listen(0)), asked: GRAPHQL_ASKED },
};
