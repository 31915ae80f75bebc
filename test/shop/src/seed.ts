/** Fills the empty database at DATABASE_URL, and the folder UPLOADS_DIR where one is named. */
import { readConfig } from './config.ts';
import { seedPictures } from './pictures/seed-pictures.ts';
import { seedDatabase } from './store/postgres/seed-database.ts';
import { seedProducts } from './store/seed/products.ts';

const { databaseUrl, uploads } = readConfig(process.env);
if (databaseUrl === undefined) throw new Error('DATABASE_URL names no database to fill');

const start = performance.now();
const rows = await seedDatabase(databaseUrl);
const pictures = uploads === undefined ? 0 : seedPictures(uploads, seedProducts());
const seconds = ((performance.now() - start) / 1_000).toFixed(1);
console.log(`shop: ${rows} rows and ${pictures} pictures in ${seconds} s`);
