/** Times as the user types them. Throws `usage`. */
import type { TimeRange } from '../contracts/profile-source.ts';
import { UserError } from '../contracts/user-error.ts';

const MICROSECONDS_OF: Readonly<Record<string, number>> = {
  us: 1,
  µs: 1,
  ms: 1000,
  s: 1e6,
  m: 6e7,
  min: 6e7,
  h: 3.6e9,
};

/** `30s`, `1.5ms`, `2m`; microseconds. A number without a unit is refused: it would be read two ways. */
export function parseTime(option: string, value: string): number {
  const time = parseMoment(option, value);
  if (time === 0) throw noTime(option, value);
  return time;
}

/** `from` and `to` since the start of a recording; undefined without any of them. */
export function parseRange(from: string | undefined, to: string | undefined): TimeRange | undefined {
  if (from === undefined && to === undefined) return undefined;
  const startMicroseconds = from === undefined ? 0 : parseMoment('--from', from);
  const endMicroseconds = to === undefined ? Number.POSITIVE_INFINITY : parseMoment('--to', to);
  if (endMicroseconds <= startMicroseconds)
    throw new UserError('usage', {
      detail: `--from must be before --to: ${from ?? '0s'} is not before ${to}.`,
    });
  return { startMicroseconds, endMicroseconds };
}

function parseMoment(option: string, value: string): number {
  const match = /^(\d+(?:\.\d+)?)(us|µs|ms|s|m|min|h)$/.exec(value);
  const unit = MICROSECONDS_OF[match?.[2] ?? ''];
  const time = Number(match?.[1]) * (unit ?? Number.NaN);
  if (!Number.isFinite(time)) throw noTime(option, value);
  return time;
}

const noTime = (option: string, value: string): UserError =>
  new UserError('usage', { detail: `${option} ${value} is not a time such as 30s or 500ms.` });
