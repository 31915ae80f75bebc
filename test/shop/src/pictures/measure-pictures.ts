import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CATEGORIES } from '../catalog/product.ts';
import type { Catalog } from '../store/store.ts';
import { WIDTH_OFFSET } from './category-pictures.ts';
import type { CategoryPictures } from './category-pictures.ts';

/**
 * Measures the pictures of each category.
 *
 * Planted wait (`sync-fs`): every picture is read whole, and the shop stands still meanwhile.
 */
export async function measurePictures(catalog: Catalog, uploads: string): Promise<CategoryPictures[]> {
  const categories: CategoryPictures[] = [];
  for (const category of CATEGORIES) {
    const products = await catalog.products.count(category);
    const sizes = { count: 0, bytes: 0, widest: 0 };
    for (const name of readdirSync(path.join(uploads, category))) {
      const picture = readFileSync(path.join(uploads, category, name));
      sizes.count++;
      sizes.bytes += picture.length;
      sizes.widest = Math.max(sizes.widest, picture.readUInt32BE(WIDTH_OFFSET));
    }
    categories.push({ category, products, ...sizes });
  }
  return categories;
}
