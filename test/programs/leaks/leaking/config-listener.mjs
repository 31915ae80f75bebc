/** Every request listens for changes of the configuration, and none stops. */
import { EventEmitter } from 'node:events';

export const truth = { kind: 'listener' };

const config = new EventEmitter().setMaxListeners(0);

export function operation(n) {
  const request = { id: n, headers: { accept: '*/*', host: `h${n}` }, limit: 10 };
  config.on('change', limit => { // leaks here
    request.limit = limit;
  });
  return request.limit;
}
