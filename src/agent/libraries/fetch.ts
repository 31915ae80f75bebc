/**
 * fetch and undici, by their channels: from the request until the last of its body has come, whether or not the program
 * has read it. https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
 */
import type { Follow, OpenWait } from '../operations/follow.ts';
import { subscribed } from './channels.ts';
import type { Library } from './library.ts';
import { addressDetail } from './places.ts';

interface Request {
  readonly origin?: string | URL;
  readonly path?: string;
}

export const fetchRequests: Library = {
  builtin: (follow: Follow) => {
    const open = new WeakMap<object, OpenWait>();
    const ended = ({ request }: { request: Request }): void => open.get(request)?.end();
    return [
      subscribed<{ request: Request }>('undici:request:create', ({ request }) => {
        const wait = follow.wait('http', 'undici', () => address(request));
        if (wait) open.set(request, wait);
      }),
      subscribed('undici:request:trailers', ended),
      subscribed('undici:request:error', ended),
    ];
  },
};

const address = ({ origin = '', path = '' }: Request): string => addressDetail(String(origin), path);
