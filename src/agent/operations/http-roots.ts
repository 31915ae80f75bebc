/** HTTP/1 requests that the program serves, http and https, as Node itself tells of them. */
import diagnostics from 'node:diagnostics_channel';
import http from 'node:http';
import type { Guest } from '../guest.ts';
import { followEvents, operationOf, putInto } from './emitted-in.ts';
import type { Follow } from './follow.ts';
import type { FollowedOperation } from './followed-operation.ts';
import type { PathNames } from './path-names.ts';
import { RequestFacts } from './request-facts.ts';
import { RequestSites } from './request-sites.ts';
import { dataOf } from './route-name.ts';

interface Exchange {
  readonly request: http.IncomingMessage;
}

/** Answers to the program's own requests have no method. */
const ownerOfRequest = (request: object): FollowedOperation | undefined =>
  typeof (request as http.IncomingMessage).method === 'string' ? operationOf(request) : undefined;

/** A response knows its request. */
function ownerOf(response: object): FollowedOperation | undefined {
  const { req } = response as { req?: object };
  return req && ownerOfRequest(req);
}

export function followHttp(follow: Follow, guest: Guest, names: PathNames): () => void {
  const sites = new RequestSites(names);
  const begin = ({ request }: Exchange): void => {
    // Node has just put them there.
    const { method = '', url = '' } = request;
    putInto(request, follow.begin(new RequestFacts('http', method, url, sites, request), true));
  };
  const end = (response: object, how: 'ended' | 'aborted'): void => {
    const operation = ownerOf(response);
    const status = dataOf(response, 'statusCode');
    if (operation && !operation.hasEnded)
      follow.end(operation, { end: how, ...(typeof status === 'number' ? { status } : {}) });
  };
  const started = (message: unknown): void => guest.quietly(() => begin(message as Exchange), undefined);
  diagnostics.subscribe('http.server.request.start', started);
  const undo = [
    followEvents(http.IncomingMessage.prototype, follow, ownerOfRequest, () => undefined),
    followEvents(http.ServerResponse.prototype, follow, ownerOf, (_operation, name, response) => {
      if (name === 'finish') guest.quietly(() => end(response, 'ended'), undefined);
      else if (name === 'close') guest.quietly(() => end(response, 'aborted'), undefined);
    }),
  ];
  return () => {
    diagnostics.unsubscribe('http.server.request.start', started);
    for (const each of undo) each();
  };
}
