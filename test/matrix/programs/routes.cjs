// Frameworks: asks each for some addresses; prints how the requests were named, as JSON: [framework, asked, name][].
require('reflect-metadata');
const { tell } = require('./tell-routes.cjs');

const all = {
  express: require('express'),
  express4: require('../older/node_modules/express'),
  Koa: require('koa'),
  KoaRouter: require('@koa/router'),
  fastify: require('fastify'),
  fastify4: require('../older/node_modules/fastify'),
  h3v1: require('../older/node_modules/h3'),
  Hono: require('hono').Hono,
  serveHono: require('@hono/node-server').serve,
  nest: { ...require('@nestjs/common'), ...require('@nestjs/core') },
  polka: require('polka'),
  graphql: require('graphql'),
};
// An ES module: what `require` does with it is not seen before Node.js 22.15.
import('h3').then(h3 => tell({ ...all, h3 }));
