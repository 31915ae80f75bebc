export interface PoolCounts {
  readonly all: number;
  readonly idle: number;
  readonly max: number;
  readonly waiting: number;
}

/** `3 of 3 connections out, 5 waiting`: at the moment when one was asked for. Who waits gets those that are idle. */
export function connectionsOut({ all, idle, max, waiting }: PoolCounts): string {
  const rest = Math.max(0, waiting - idle);
  const out = all - Math.max(0, idle - waiting);
  return `${out} of ${max} connections out${rest > 0 ? `, ${rest} waiting` : ''}`;
}

/** Whoever asks now has to wait until another one gives something back. */
export const isExhausted = ({ all, idle, max, waiting }: PoolCounts): boolean =>
  all >= max && idle <= waiting;
