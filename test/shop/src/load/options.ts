import { parseArgs } from 'node:util';
import { KINDS } from './mixture.ts';

export interface LoadOptions {
  readonly url: URL;
  /** Requests per second. */
  readonly rate: number;
  /** Seconds. */
  readonly duration: number;
  /** Whether each call waits for the one before. */
  readonly inTurn: boolean;
  /** Whether the latencies of every kind of request are printed too. */
  readonly each: boolean;
  /** Names of kinds of requests that are left out. */
  readonly without: readonly string[];
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Arguments win over the environment. Throws an error to show as it is. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): LoadOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rate: { type: 'string' },
      duration: { type: 'string' },
      without: { type: 'string' },
      each: { type: 'boolean', default: false },
      'in-turn': { type: 'boolean', default: false },
    },
  });
  return {
    url: loopbackUrl(positionals[0] ?? env['SHOP_URL'] ?? 'http://127.0.0.1:4870'),
    rate: positive('rate', values.rate ?? env['RATE'] ?? '100'),
    duration: positive('duration', values.duration ?? env['DURATION'] ?? '10'),
    inTurn: values['in-turn'],
    each: values.each,
    without: kinds(values.without ?? env['WITHOUT'] ?? ''),
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

function kinds(text: string): string[] {
  const names = text.split(',').filter(name => name !== '');
  const unknown = names.find(name => !KINDS.includes(name));
  if (unknown !== undefined) throw new Error(`without takes some of ${KINDS.join(',')}, not "${unknown}"`);
  return names;
}
