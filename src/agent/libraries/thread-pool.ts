/** node:crypto, Web Crypto and node:zlib, where they work in libuv's thread pool; streams of zlib are streams. */
import type { Follow } from '../operations/follow.ts';
import { isObject, member, nodeModule, type Library } from './library.ts';
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
  builtin: follow => {
    const crypto = nodeModule('node:crypto');
    const subtle = member(member(crypto, 'webcrypto'), 'subtle');
    return [
      ...wrapMethods(crypto, CRYPTO, called(follow, 'node:crypto', true)),
      ...wrapMethods(
        isObject(subtle) ? Object.getPrototypeOf(subtle) : undefined,
        SUBTLE,
        called(follow, 'node:crypto', false),
      ),
      ...wrapMethods(nodeModule('node:zlib'), ZLIB, called(follow, 'node:zlib', true)),
    ];
  },
};

const called =
  (follow: Follow, library: string, onlyCallbacks: boolean) =>
  (original: Method, name: string): Method =>
    waitingCall(follow, { kind: 'crypto', library, detail: () => name, onlyCallbacks })(original);
