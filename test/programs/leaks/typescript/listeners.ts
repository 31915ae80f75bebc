import { EventEmitter } from 'node:events';

interface Change {
  readonly what: string;
}

const settings = new EventEmitter().setMaxListeners(0);

export function followSettings(name: string): () => number {
  let changes = 0;
  settings.on('change', function onChange(change: Change) { // listens here
    if (change.what === name) changes += 1;
  });
  return () => changes;
}

export const announce = (what: string): boolean => settings.emit('change', { what } satisfies Change);
