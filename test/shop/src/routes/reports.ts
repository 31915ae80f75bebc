import type { FastifyInstance } from 'fastify';
import type { ReportWorker } from '../reports/report-worker.ts';

const salesQuery = {
  type: 'object',
  properties: { year: { type: 'integer', minimum: 2000, maximum: 2100, default: 2026 } },
};

export async function reportRoutes(
  app: FastifyInstance,
  { reports }: { reports: ReportWorker },
): Promise<void> {
  app.get<{ Querystring: { year: number } }>(
    '/reports/sales',
    { schema: { querystring: salesQuery } },
    async request => ({ year: request.query.year, rows: await reports.salesOf(request.query.year) }),
  );
}
