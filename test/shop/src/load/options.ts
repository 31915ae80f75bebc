import { parseArgs } from 'node:util';

export interface LoadOptions {
  readonly url: URL;
  /** Requests per second. */
  readonly rate: number;
  /** Seconds. */
  readonly duration: number;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Arguments win over the environment. Throws an error to show as it is. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): LoadOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { rate: { type: 'string' }, duration: { type: 'string' } },
  });
  return {
    url: loopbackUrl(positionals[0] ?? env['SHOP_URL'] ?? 'http://127.0.0.1:4870'),
    rate: positive('rate', values.rate ?? env['RATE'] ?? '250'),
    duration: positive('duration', values.duration ?? env['DURATION'] ?? '10'),
  };
}

function loopbackUrl(text: string): URL {
  if (URL.canParse(text)) {
    const url = new URL(text);
    if (LOOPBACK.test(url.hostname)) return url;
  }
  throw new Error(`"${text}" is no address on this machine, such as http://127.0.0.1:4870`);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Infinity)) throw new Error(`${name} must be a number above 0, not "${text}"`);
  return value;
}
