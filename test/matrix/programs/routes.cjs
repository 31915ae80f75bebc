// Frameworks: asks each for some addresses; prints how the requests were named, as JSON: [framework, asked, name][].
require('reflect-metadata');
const { tell } = require('./tell-routes.cjs');

tell({
  express: require('express'),
  express4: require('../older/node_modules/express'),
  Koa: require('koa'),
  KoaRouter: require('@koa/router'),
  fastify: require('fastify'),
  Hono: require('hono').Hono,
  serveHono: require('@hono/node-server').serve,
  nest: { ...require('@nestjs/common'), ...require('@nestjs/core') },
  polka: require('polka'),
  graphql: require('graphql'),
});
