import { expect, test } from 'vitest';
import { causeOf } from '../../../../src/model/operations/wait-cause.ts';

test.each([
  ['Timeout', 'timer'],
  ['Immediate', 'turn'],
  ['FSREQCALLBACK', 'fs'],
  ['FSREQPROMISE', 'fs'],
  ['FSReqCallback', 'fs'],
  ['FILEHANDLE', 'fs'],
  ['FILEHANDLECLOSEREQ', 'fs'],
  ['GETADDRINFOREQWRAP', 'dns'],
  ['QUERYWRAP', 'dns'],
  ['TCPCONNECTWRAP', 'connect'],
  ['TCPWRAP', 'socket'],
  ['TLSWRAP', 'socket'],
  ['TCP', 'socket'],
  ['HTTPCLIENTREQUEST', 'http'],
  ['HTTPINCOMINGMESSAGE', 'stream'],
  ['WRITEWRAP', 'stream'],
  ['PROCESSWRAP', 'child'],
  ['MESSAGEPORT', 'worker'],
  ['WORKER', 'worker'],
  ['PBKDF2REQUEST', 'crypto'],
  ['SIGNREQUEST', 'crypto'],
  ['ZLIB', 'crypto'],
  ['PBKDF2Job', 'crypto'],
  ['RsaKeyPairGenJob', 'crypto'],
  ['ReadFileJob', 'fs'],
  ['HTTPClientAsyncResource', 'http'],
  ['HTTPServerAsyncResource', 'stream'],
  ['operation', 'lock'],
  ['turn', 'turn'],
  ['SIGNALWRAP', 'unknown'],
  ['', 'unknown'],
  ['constructor', 'unknown'],
])('%s stands for %s', (name, cause) => {
  expect(causeOf(name)).toBe(cause);
});
