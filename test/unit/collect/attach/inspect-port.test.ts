import { expect, test } from 'vitest';
import { inspectPort } from '../../../../src/collect/attach/inspect-port.ts';

test.each([
  ['node app.js', 9229],
  ['node --inspect app.js', 9229],
  ['node --inspect=9300 app.js', 9300],
  ['node --inspect=0 app.js', 0],
  ['node --inspect=127.0.0.1:9301 app.js', 9301],
  ['node --inspect-brk=[::1]:9302 app.js', 9302],
  ['node --inspect-wait=9303 app.js', 9303],
  ['node --inspect-port=9304 app.js', 9304],
  ['node --inspect-port 9305 app.js', 9305],
  ['node --debug-port=9306 --inspect app.js', 9306],
  ['node --inspect=9307 --inspect-port=9308 app.js', 9308],
  ['node --inspect=0.0.0.0 app.js', 9229],
  ['node --inspect 9309', 9229],
  ['node --inspect-publish-uid=http app.js', 9229],
])('%s', (command, port) => {
  expect(inspectPort(command.split(' '))).toBe(port);
});
