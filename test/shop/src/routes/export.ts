import type { FastifyInstance } from 'fastify';
import { exportCatalog } from '../export/export-catalog.ts';

export async function exportRoutes(app: FastifyInstance): Promise<void> {
  app.get('/export/catalog.csv', async (_request, reply) => {
    reply.type('text/csv; charset=utf-8');
    return exportCatalog();
  });
}
