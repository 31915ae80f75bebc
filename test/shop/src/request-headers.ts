import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const newRequestId = (): string => randomUUID();

/** `x-request-id`, and `server-timing`, which browsers show beside their own. */
export async function addRequestHeaders(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('x-request-id', request.id);
  reply.header('server-timing', `app;dur=${reply.elapsedTime.toFixed(1)}`);
}
