/**
 * koa: its context stands beside the request, and a router (@koa/router, koa-router) leaves the route there.
 * https://github.com/koajs/router
 */
import { dataOf, fittingRoute } from '../operations/route-name.ts';
import { prototypeOf, type Library } from './library.ts';
import { apply, wrapMethod } from './wrapped-method.ts';

export const koa: Library = {
  files: {
    'koa/lib/application.js': (exported, follow) => [
      wrapMethod(
        prototypeOf(exported, 'Application'),
        'createContext',
        original =>
          function (...parameters) {
            const context = apply(original, this, parameters);
            const request = follow.request();
            if (request) request.route = path => fittingRoute(dataOf(context, '_matchedRoute'), path);
            return context;
          },
      ),
    ],
  },
};
