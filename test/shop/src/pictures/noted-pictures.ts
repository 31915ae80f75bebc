import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CATEGORIES } from '../catalog/product.ts';
import type { Catalog } from '../store/store.ts';
import type { CategoryPictures, PictureSizes } from './category-pictures.ts';

/** What `measurePictures` answers, as it was noted when the pictures were uploaded. */
export function notedPictures(catalog: Catalog, uploads: string): Promise<CategoryPictures[]> {
  return Promise.all(
    CATEGORIES.map(async category => {
      const products = await catalog.products.count(category);
      const noted = await readFile(path.join(uploads, `${category}.json`), 'utf8');
      return { category, products, ...(JSON.parse(noted) as PictureSizes) };
    }),
  );
}
