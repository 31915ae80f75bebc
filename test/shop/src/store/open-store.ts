import type { Config } from '../config.ts';
import { openMemoryCatalog, openMemoryStore } from './memory-store.ts';
import type { Catalog, Store } from './store.ts';

// The one place that chooses where the shop keeps its data.

export const openStore = (config: Config): Store => openMemoryStore(config.storeLatencyMs);

export const openCatalog = (config: Config): Catalog => openMemoryCatalog(config.storeLatencyMs);
