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
  const end = (operation: FollowedOperation, response: object, how: 'ended' | 'aborted'): void => {
    const status = dataOf(response, 'statusCode');
    follow.end(operation, typeof status === 'number' ? { end: how, status } : { end: how });
  };
  const started = (message: unknown): void => {
    try {
      begin(message as Exchange);
    } catch (error) {
      guest.report(error);
    }
  };
  diagnostics.subscribe('http.server.request.start', started);
  const undo = [
    followEvents(http.IncomingMessage.prototype, follow, ownerOfRequest, () => undefined),
    followEvents(http.ServerResponse.prototype, follow, ownerOf, (operation, name, response) => {
      if (operation.hasEnded || (name !== 'finish' && name !== 'close')) return;
      guest.quietly(() => end(operation, response, name === 'finish' ? 'ended' : 'aborted'), undefined);
    }),
  ];
  return () => {
    diagnostics.unsubscribe('http.server.request.start', started);
    for (const each of undo) each();
  };
}
