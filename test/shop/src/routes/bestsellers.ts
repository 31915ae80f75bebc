import type { FastifyInstance } from 'fastify';
import { bestsellers } from '../catalog/bestsellers.ts';
import { scoredBestsellers } from '../catalog/scored-bestsellers.ts';
import type { Fault } from '../faults.ts';
import type { Store } from '../store/store.ts';

export async function bestsellerRoutes(
  app: FastifyInstance,
  { store, faults }: { store: Store; faults: ReadonlySet<Fault> },
): Promise<void> {
  const best = faults.has('cpu') ? bestsellers : scoredBestsellers;

  app.get('/bestsellers', async () => ({ categories: await best(store) }));
}
