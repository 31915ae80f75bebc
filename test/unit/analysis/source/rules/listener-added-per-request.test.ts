import { describe } from 'vitest';
import { listenerAddedPerRequest as rule } from '../../../../../src/analysis/source/rules/listener-added-per-request.ts';
import { finds, leavesAlone } from '../lint-text.ts';

const APP = `import express from 'express';\nimport { EventEmitter } from 'node:events';\nconst app = express();\nconst bus = new EventEmitter();\n`;

describe('a listener for each request', () => {
  finds(rule, {
    'of a shared emitter': `${APP}
      app.get('/events', (req, res) => {
        bus.on('order', order => res.write(JSON.stringify(order))); // !
      });`,
    'of the process': `${APP}
      app.use((req, res, next) => {
        process.on('SIGTERM', () => res.end()); // !
        next();
      });`,
    'of an emitter of another module': `
      import Fastify from 'fastify';
      import { bus } from './bus';
      const app = Fastify();
      app.get('/', async () => { bus.addListener('a', handle); return 1; }); // !
// file: bus.ts
      import EventEmitter from 'events';
      export const bus = new EventEmitter();`,
    'in a function that a route calls': `${APP}
      function follow(res) {
        bus.on('order', order => res.write(order)); // !
      }
      app.get('/', (req, res) => follow(res));`,
    'of a Redis client': `
      import Koa from 'koa';
      import Redis from 'ioredis';
      const redis = new Redis();
      const app = new Koa();
      app.use(async ctx => {
        redis.on('message', (channel, text) => ctx.res.write(text)); // !
      });`,
  });

  leavesAlone(rule, {
    'removed when the request ends': `${APP}
      app.get('/events', (req, res) => {
        const send = order => res.write(order);
        bus.on('order', send);
        req.on('close', () => bus.off('order', send));
      });`,
    once: `${APP}
      app.get('/', (req, res) => { bus.once('order', order => res.json(order)); });`,
    'of what the request has made': `${APP}
      app.get('/', (req, res) => {
        const own = new EventEmitter();
        own.on('done', () => res.end());
        work(own);
      });`,
    'of the request itself': `${APP}
      app.post('/', (req, res) => { req.on('data', collect); req.on('end', () => res.end()); });`,
    'at the start': `${APP}
      bus.on('order', handle);
      app.get('/', (req, res) => res.end());`,
    'under a condition': `${APP}
      let isListening = false;
      app.get('/', (req, res) => {
        if (!isListening) { isListening = true; bus.on('order', handle); }
        res.end();
      });`,
    'with a signal': `
      import express from 'express';
      import { EventEmitter } from 'node:events';
      const target = new EventEmitter();
      express().get('/', (req, res) => { target.addEventListener('a', handle, { signal: req.signal }); });`,
    'of something unknown': `${APP}
      import { thing } from 'thing';
      app.get('/', (req, res) => { thing.on('a', handle); });`,
  });
});
