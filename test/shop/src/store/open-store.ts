import type { Config } from '../config.ts';
import { openMemoryCatalog, openMemoryStore } from './memory-store.ts';
import type { Catalog, SalesStore, Store } from './store.ts';

// The one place that chooses where the shop keeps its data. The clients of databases are loaded where one is used.

export async function openStore(config: Config): Promise<Store> {
  const { databaseUrl, storeLatencyMs } = config;
  if (databaseUrl === undefined) return openMemoryStore(storeLatencyMs);
  const { openPostgresStore } = await import('./postgres/postgres-store.ts');
  return openPostgresStore({ ...config, databaseUrl });
}

export async function openCatalog({ databaseUrl, storeLatencyMs }: Config): Promise<Catalog> {
  if (databaseUrl === undefined) return openMemoryCatalog(storeLatencyMs);
  const { openPostgresCatalog } = await import('./postgres/postgres-store.ts');
  return openPostgresCatalog(databaseUrl);
}

export async function openSales({ databaseUrl, storeLatencyMs }: Config): Promise<SalesStore> {
  if (databaseUrl === undefined) return openMemoryStore(storeLatencyMs);
  const { openPostgresSales } = await import('./postgres/postgres-store.ts');
  return openPostgresSales(databaseUrl);
}
