import type { Category } from '../catalog/product.ts';

export interface PictureSizes {
  count: number;
  bytes: number;
  /** In pixels. */
  widest: number;
}

export interface CategoryPictures extends PictureSizes {
  category: Category;
  products: number;
}

/** Where a PNG has its width: behind the signature, and length and name of its first chunk. */
export const WIDTH_OFFSET = 16;
