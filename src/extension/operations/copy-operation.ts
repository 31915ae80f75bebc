import type { OperationAsked } from '../../contracts/server.ts';
import type { RouteNode } from '../../contracts/views/recording.ts';
import { routeText } from '../../format/route-text.ts';
import type { Connection } from '../connection.ts';
import { copyText } from '../copy-text.ts';

/** Puts all that is known of an operation on the clipboard. */
export async function copyOperation(connection: Connection, { id, key }: OperationAsked): Promise<void> {
  const { text } = await connection.request('slowcatch/operationText', { id, key });
  await copyText(text);
}

/** A route with its kept operations. */
export async function copyRoute(connection: Connection, id: string, route: RouteNode): Promise<void> {
  const { kind, name } = route;
  const kept = await connection.request('slowcatch/keptOperations', { id, kind, name });
  await copyText(routeText(route, kept));
}
