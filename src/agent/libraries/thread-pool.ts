/** node:crypto, Web Crypto and node:zlib, where they work in libuv's thread pool; streams of zlib are streams. */
import crypto from 'node:crypto';
import zlib from 'node:zlib';
import type { Follow } from '../operations/follow.ts';
import { type Library } from './library.ts';
import { waitingCall } from './waiting-call.ts';
import { wrapMethods, type Method } from './wrapped-method.ts';

const CRYPTO = [
  'argon2',
  'checkPrime',
  'diffieHellman',
  'generateKey',
  'generateKeyPair',
  'generatePrime',
  'hkdf',
  'pbkdf2',
  'randomBytes',
  'randomFill',
  'randomInt',
  'scrypt',
  'sign',
  'verify',
];

const SUBTLE = ['decrypt', 'deriveBits', 'deriveKey', 'digest', 'encrypt', 'generateKey', 'sign', 'verify'];

const ZLIB = [
  'brotliCompress',
  'brotliDecompress',
  'deflate',
  'deflateRaw',
  'gunzip',
  'gzip',
  'inflate',
  'inflateRaw',
  'unzip',
  'zstdCompress',
  'zstdDecompress',
];

export const threadPool: Library = {
  builtin: follow => [
    ...wrapMethods(crypto, CRYPTO, called(follow, 'node:crypto', true)),
    ...wrapMethods(
      Object.getPrototypeOf(crypto.webcrypto.subtle),
      SUBTLE,
      called(follow, 'node:crypto', false),
    ),
    ...wrapMethods(zlib, ZLIB, called(follow, 'node:zlib', true)),
  ],
};

const called =
  (follow: Follow, library: string, onlyCallbacks: boolean) =>
  (original: Method, name: string): Method =>
    waitingCall(follow, { kind: 'crypto', library, detail: () => name, onlyCallbacks })(original);
