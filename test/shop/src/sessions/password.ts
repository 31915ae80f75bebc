import { scrypt, timingSafeEqual } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const hash = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);

/** Cheap, so that a login is no slow operation; for real passwords it would be 2 ** 17. */
const COST = 2 ** 12;

/** `passwordHash` is `salt:hex`; scrypt runs on libuv's thread pool. */
export async function passwordMatches(password: string, passwordHash: string): Promise<boolean> {
  const [salt = '', hex = ''] = passwordHash.split(':');
  const expected = Buffer.from(hex, 'hex');
  return timingSafeEqual(await hash(password, salt, expected.length, { N: COST }), expected);
}
