import { LogController } from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

const SLOW_MS = 3_000;

/** Logs errors and very slow requests, and nothing for all the others. */
export class QuietLog extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(
    _error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    if (reply.elapsedTime < SLOW_MS) return;
    request.log.warn({ url: request.url, ms: Math.round(reply.elapsedTime) }, 'slow request');
  }
}
