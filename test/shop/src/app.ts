import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { QuietLog } from './log.ts';
import { ReportWorker } from './reports/report-worker.ts';
import { addRequestHeaders, newRequestId } from './request-headers.ts';
import { accountRoutes } from './routes/account.ts';
import { bestsellerRoutes } from './routes/bestsellers.ts';
import { checkoutRoutes } from './routes/checkout.ts';
import { exportRoutes } from './routes/export.ts';
import { healthRoutes } from './routes/health.ts';
import { orderRoutes } from './routes/orders.ts';
import { pictureRoutes } from './routes/pictures.ts';
import { productRoutes } from './routes/products.ts';
import { reportRoutes } from './routes/reports.ts';
import { storefrontRoutes } from './routes/storefront.ts';
import { SessionList } from './sessions/session-list.ts';
import type { Store } from './store/store.ts';

export async function buildApp(config: Config, store: Store): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: config.logLevel },
    logController: new QuietLog(),
    requestIdHeader: 'x-request-id',
    genReqId: newRequestId,
  });
  const { faults, uploads } = config;
  const sessions = new SessionList();
  const reports = new ReportWorker();

  app.addHook('onSend', addRequestHeaders);
  app.addHook('onClose', () => Promise.all([reports.close(), store.close()]));

  await app.register(healthRoutes);
  await app.register(storefrontRoutes, { store, shopName: config.shopName });
  await app.register(productRoutes, { store });
  await app.register(bestsellerRoutes, { store, faults });
  await app.register(orderRoutes, { store, faults });
  await app.register(checkoutRoutes, { store });
  await app.register(pictureRoutes, { store, uploads, faults });
  await app.register(accountRoutes, { store, sessions });
  await app.register(reportRoutes, { reports });
  await app.register(exportRoutes);
  return app;
}
