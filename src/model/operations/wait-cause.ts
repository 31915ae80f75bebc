/**
 * What a native resource of Node stands for: the agent tells its async_hooks type (`FSREQCALLBACK`), or the name of its
 * class (`FSReqCallback`), of what ran last before an operation went on.
 */
import type { WaitKind } from '../../contracts/operation-kinds.ts';

/** `socket`: bytes came, of whatever protocol. `turn`: it had let others go first (`setImmediate`). */
export type Cause = WaitKind | 'socket' | 'turn' | 'unknown';

/**
 * Names of `async_wrap.h` (Node 20 to 26), in capitals, and those of Node's JavaScript classes. `operation` is the
 * agent's own word: another operation ran in between, in the same turn, so what was awaited is its doing; `turn` that the
 * operation itself has run in the same turn before.
 */
const CAUSES: readonly (readonly [RegExp, Cause])[] = [
  [/^operation$/i, 'lock'],
  [/^timeout$/i, 'timer'],
  [/^(?:immediate|turn)$/i, 'turn'],
  [/^(?:fsreq|filehandle|readfilejob|fsevent|statwatcher|dirhandle|blobreader)/i, 'fs'],
  [/^(?:getaddrinforeq|getnameinforeq|query.*wrap|dnschannel)/i, 'dns'],
  [/^(?:tcpconnect|pipeconnect|quic_?(?:session|endpoint))/i, 'connect'],
  [/^(?:httpclient|http2)/i, 'http'],
  [
    /^(?:httpincomingmessage|httpserver|httpparser|write|shutdown|udpsend|librarystreamwrap|jsstream|streampipe|tty)/i,
    'stream',
  ],
  [/^(?:process|childprocess)/i, 'child'],
  [/^(?:worker|messageport)/i, 'worker'],
  [
    /^(?:pbkdf2|randombytes|scrypt|(?:sign|verify|hash|hkdf)(?:req|job)|key(?:gen|pairgen|export)|derivebits|cipher|checkprime|randomprime|argon2|kem|secretkeygen|zlib|brotli|zstd)|job$/i,
    'crypto',
  ],
  [/^(?:tcp|tls|pipe|udp)(?:wrap)?$|^(?:tcp|pipe)server|^socket$|^reusedhandle$/i, 'socket'],
];

export const causeOf = (name: string): Cause =>
  CAUSES.find(([pattern]) => pattern.test(name))?.[1] ?? 'unknown';
