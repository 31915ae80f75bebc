import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Undo } from './wrapped-method.ts';

/** Hears a channel of Node or of a library. What a listener throws, Node would report as an uncaught exception: it may not. */
export function subscribed<T>(channel: string, listener: (message: T) => void): Undo {
  const heard = (message: unknown): void => listener(message as T);
  subscribe(channel, heard);
  return () => unsubscribe(channel, heard);
}
