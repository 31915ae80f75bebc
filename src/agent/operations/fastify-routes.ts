/** Fastify keeps the route of a request to itself, but tells it on a channel of its own when the handler begins (5.1 on). */
import diagnostics from 'node:diagnostics_channel';
import type { Guest } from '../guest.ts';
import { operationOf } from './emitted-in.ts';
import { RequestFacts } from './request-facts.ts';
import { dataOf } from './route-name.ts';

const CHANNEL = 'tracing:fastify.request.handler:start';

/** Names requests by Fastify's routes: `/products/:id`. Returns a function that undoes it. */
export function followFastify(guest: Guest): () => void {
  const started = (message: unknown): void => {
    const route = dataOf(dataOf(message, 'route'), 'url');
    const request = dataOf(dataOf(message, 'request'), 'raw');
    if (typeof route !== 'string' || typeof request !== 'object' || request === null) return;
    const facts = operationOf(request)?.facts;
    if (facts instanceof RequestFacts) facts.route = route;
  };
  const quietly = (message: unknown): void => guest.quietly(() => started(message), undefined);
  diagnostics.subscribe(CHANNEL, quietly);
  return () => diagnostics.unsubscribe(CHANNEL, quietly);
}
