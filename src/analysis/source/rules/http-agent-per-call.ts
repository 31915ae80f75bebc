/** An agent, which keeps connections for later calls, is made for one call. */
import { handlerOf } from '../per-request.ts';
import { isOnlyOfThisCall } from '../made-per-call.ts';
import { AGENTS } from '../packages.ts';
import { propertyOf } from '../expressions.ts';
import type { Rule } from '../rule.ts';
import { isCalledAgain } from './pool-created-per-call.ts';

export const httpAgentPerCall: Rule = {
  id: 'http-agent-per-call',
  severity: 'warning',
  explanation:
    'An agent keeps connections open so that the next call need not connect, and agree on encryption, again. One that is made for each call never has a next one: each pays for a connection, which then stays open unused. Make one agent at the top of the module, with `keepAlive: true`.',
  sources: [
    'https://nodejs.org/api/http.html#class-httpagent',
    'https://github.com/supabase/storage/pull/391',
  ],
  mentions: ['Agent', 'undici'],
  check(file) {
    return file.program.all('NewExpression').flatMap(node => {
      const path = file.pathOf(node);
      const [options] = node.arguments;
      if (path === undefined || !AGENTS.has(path) || !isOnlyOfThisCall(node, file.program)) return [];
      // An agent that checks addresses is of one call.
      if (propertyOf(options, 'lookup') || propertyOf(options, 'connect')) return [];
      if (!handlerOf(node, file) && !isCalledAgain(node, file)) return [];
      return [
        {
          node,
          message: 'Each call makes an agent of its own here, so no connection is used again. Share one.',
        },
      ];
    });
  },
};
