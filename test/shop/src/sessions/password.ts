import { scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const hash = promisify<string, string, number, Buffer>(scrypt);

/** `passwordHash` is `salt:hex`; scrypt runs on libuv's thread pool. */
export async function passwordMatches(password: string, passwordHash: string): Promise<boolean> {
  const [salt = '', hex = ''] = passwordHash.split(':');
  const expected = Buffer.from(hex, 'hex');
  return timingSafeEqual(await hash(password, salt, expected.length), expected);
}
