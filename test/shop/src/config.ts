import { readFaults } from './faults.ts';
import type { Fault } from './faults.ts';

export interface Config {
  /** 0 lets the system choose one. */
  readonly port: number;
  readonly shopName: string;
  /** Of a PostgreSQL that `npm run seed` has filled; without one the shop keeps its data in memory. */
  readonly databaseUrl: string | undefined;
  /** Of a Redis for what PostgreSQL need not be asked every time; without one that is cached in memory. */
  readonly redisUrl: string | undefined;
  /** Folder of the products' pictures; without one there are none. */
  readonly uploads: string | undefined;
  /** Mean round trip to the store in memory. */
  readonly storeLatencyMs: number;
  readonly faults: ReadonlySet<Fault>;
  readonly logLevel: string;
}

/** Reads the environment; a variable that is set but makes no sense is an error, not a default. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  return {
    port: wholeNumber(env, 'PORT', 4870),
    shopName: env['SHOP_NAME'] ?? 'Corner Shop',
    databaseUrl: address(env, 'DATABASE_URL', 'postgres:'),
    redisUrl: address(env, 'REDIS_URL', 'redis:'),
    uploads: env['UPLOADS_DIR'] || undefined,
    storeLatencyMs: wholeNumber(env, 'STORE_LATENCY_MS', 4),
    faults: readFaults(env['SHOP_FAULTS']),
    logLevel: env['LOG_LEVEL'] ?? 'warn',
  };
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,5}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`);
  return Number(text);
}

/** The text itself is not shown: it may hold a password. */
function address(env: NodeJS.ProcessEnv, name: string, protocol: string): string | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (URL.canParse(text) && new URL(text).protocol === protocol) return text;
  throw new Error(`${name} must be an address that begins with ${protocol}//`);
}
