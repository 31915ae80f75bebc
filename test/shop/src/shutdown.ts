import type { FastifyInstance } from 'fastify';

const GRACE_MS = 5_000;

/** The first SIGTERM or SIGINT lets requests in flight finish; a second one ends the process at once. */
export function closeOnSignal(app: FastifyInstance): void {
  const close = (): void => {
    process.off('SIGTERM', close).off('SIGINT', close);
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    app.close().catch((error: unknown) => {
      console.error('shop could not close', error);
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', close).on('SIGINT', close);
}
