import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CATEGORIES } from '../catalog/product.ts';
import type { Product } from '../catalog/product.ts';
import { WIDTH_OFFSET } from './category-pictures.ts';
import type { PictureSizes } from './category-pictures.ts';

const WIDTHS = [80, 120, 160, 240, 320, 480, 640, 960, 1280, 1600];
const BYTES_PER_PIXEL_OF_WIDTH = 8;
const PNG_START = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/**
 * Puts a picture of every product in every width into `folder`, one folder for each category, and notes the sizes
 * beside it. All pictures of a width look alike: they are one file with many names.
 */
export function seedPictures(folder: string, products: readonly Product[]): number {
  for (const width of WIDTHS) writeFileSync(model(folder, width), picture(width));
  const counts = CATEGORIES.map(category => {
    const ids = products.filter(product => product.category === category).map(({ id }) => id);
    const directory = path.join(folder, category);
    mkdirSync(directory);
    for (const width of WIDTHS)
      for (const id of ids) linkSync(model(folder, width), path.join(directory, `${id}-${width}.png`));
    writeFileSync(`${directory}.json`, JSON.stringify(sizesOf(ids.length)));
    return ids.length * WIDTHS.length;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

const model = (folder: string, width: number): string => path.join(folder, `${width}.png`);

/** The start of a PNG, as far as the shop reads it. */
function picture(width: number): Buffer {
  const bytes = Buffer.alloc(width * BYTES_PER_PIXEL_OF_WIDTH);
  PNG_START.copy(bytes);
  bytes.writeUInt32BE(width, WIDTH_OFFSET);
  return bytes;
}

function sizesOf(products: number): PictureSizes {
  const bytes = WIDTHS.reduce((sum, width) => sum + products * width * BYTES_PER_PIXEL_OF_WIDTH, 0);
  return { count: products * WIDTHS.length, bytes, widest: Math.max(...WIDTHS) };
}
