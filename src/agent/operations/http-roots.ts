/** HTTP/1 requests that the program serves, http and https, as Node itself tells of them. */
import diagnostics from 'node:diagnostics_channel';
import http from 'node:http';
import type { Guest } from '../guest.ts';
import { followEvents, operationOf, putInto } from './emitted-in.ts';
import type { Follow, OperationFacts } from './follow.ts';
import { dataOf, frameworkRoute, pathOf, type PathNames } from './route-name.ts';

interface Exchange {
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
}

/** What is told of a request: read at its end, and only where somebody wants to know. */
class RequestFacts implements OperationFacts {
  readonly kind = 'http';
  route: string | undefined;

  constructor(
    private readonly request: http.IncomingMessage,
    private readonly method: string,
    private readonly url: string,
    private readonly names: PathNames,
  ) {}

  name(): string {
    const route = this.route ?? frameworkRoute(this.request);
    return route === undefined ? this.family() : `${this.method} ${route}`;
  }

  family(): string {
    return this.names.of(this.method, this.url);
  }

  detail(): string {
    return `${this.method} ${pathOf(this.url)}`;
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function followHttp(follow: Follow, guest: Guest, names: PathNames): () => void {
  const begin = ({ request, response }: Exchange): void => {
    const facts = new RequestFacts(
      request,
      text(dataOf(request, 'method')),
      text(dataOf(request, 'url')),
      names,
    );
    const operation = follow.begin(facts, true);
    putInto(request, operation);
    putInto(response, operation);
  };
  const end = (response: object, how: 'ended' | 'aborted'): void => {
    const operation = operationOf(response);
    const status = dataOf(response, 'statusCode');
    if (operation && !operation.hasEnded)
      follow.end(operation, { end: how, ...(typeof status === 'number' ? { status } : {}) });
  };
  const started = (message: unknown): void => guest.quietly(() => begin(message as Exchange), undefined);
  diagnostics.subscribe('http.server.request.start', started);
  const undo = [
    followEvents(http.IncomingMessage.prototype, follow, () => undefined),
    followEvents(http.ServerResponse.prototype, follow, (_operation, name, response) => {
      if (name === 'finish') guest.quietly(() => end(response, 'ended'), undefined);
      else if (name === 'close') guest.quietly(() => end(response, 'aborted'), undefined);
    }),
  ];
  return () => {
    diagnostics.unsubscribe('http.server.request.start', started);
    for (const each of undo) each();
  };
}
