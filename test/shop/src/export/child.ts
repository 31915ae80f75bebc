/** Child process: renders the catalogue, hands it to the shop that forked it, and ends. */
import { readConfig } from '../config.ts';
import { openCatalog } from '../store/open-store.ts';
import { renderCatalogCsv } from './csv.ts';
import type { ExportAnswer } from './export-catalog.ts';

const catalog = await openCatalog(readConfig(process.env));
const csv = renderCatalogCsv(await catalog.products.withSales());
await catalog.close();
process.send?.({ csv } satisfies ExportAnswer, () => process.disconnect());
