import type { FastifyInstance } from 'fastify';
import type { Fault } from '../faults.ts';
import { measurePictures } from '../pictures/measure-pictures.ts';
import { notedPictures } from '../pictures/noted-pictures.ts';
import type { Store } from '../store/store.ts';

interface Options {
  store: Store;
  uploads: string | undefined;
  faults: ReadonlySet<Fault>;
}

export async function pictureRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { store, uploads, faults } = options;
  const pictures = faults.has('sync-fs') ? measurePictures : notedPictures;

  app.get('/pictures', async () => ({
    categories: uploads === undefined ? [] : await pictures(store, uploads),
  }));
}
