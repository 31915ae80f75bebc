export interface Config {
  /** 0 lets the system choose one. */
  readonly port: number;
  readonly shopName: string;
  /** Mean round trip to the store. */
  readonly storeLatencyMs: number;
  readonly logLevel: string;
}

/** Reads the environment; a variable that is set but is no number is an error, not a default. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  return {
    port: wholeNumber(env, 'PORT', 4870),
    shopName: env['SHOP_NAME'] ?? 'Corner Shop',
    storeLatencyMs: wholeNumber(env, 'STORE_LATENCY_MS', 4),
    logLevel: env['LOG_LEVEL'] ?? 'warn',
  };
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,5}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`);
  return Number(text);
}
