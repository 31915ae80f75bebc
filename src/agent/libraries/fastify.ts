/** Fastify 4, which has no channel yet (see operations/fastify-routes.ts for 5): what handles a request is given its route. */
import { dataOf } from '../operations/route-name.ts';
import type { Library } from './library.ts';
import { apply, defineProperty, type Method } from './wrapped-method.ts';

export const fastify: Library = {
  files: {
    'fastify/lib/handleRequest.js': (exported, follow, module) => {
      if (typeof exported !== 'function' || !module) return [];
      const original = exported as Method;
      const handleRequest: Method = function (...parameters) {
        const request = follow.request();
        const route = dataOf(routeOptionsOf(parameters[1]), 'url');
        if (request && typeof route === 'string') request.route = route;
        return apply(original, this, parameters);
      };
      for (const key of Reflect.ownKeys(original))
        defineProperty(handleRequest, key, Object.getOwnPropertyDescriptor(original, key)!);
      module.exports = handleRequest;
      return [() => void (module.exports === handleRequest && (module.exports = original))];
    },
  },
};

/** A getter of Fastify's own. */
const routeOptionsOf = (request: unknown): unknown =>
  typeof request === 'object' && request !== null ? Reflect.get(request, 'routeOptions') : undefined;
