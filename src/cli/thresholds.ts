/** `--threshold 100ms` for all operations, `--threshold "GET /report=2s"` for one route or function. Throws `usage`. */
import {
  DEFAULT_OPERATIONS,
  THRESHOLD_MILLISECONDS,
  type OperationsConfiguration,
} from '../contracts/operation-kinds.ts';
import { UserError } from '../contracts/user-error.ts';
import { parseTime } from './times.ts';

const OPTION = '--threshold';

/** What was typed, in its order: for each route, as for all others, the last word counts. */
export function parseThresholds(typed: readonly string[]): OperationsConfiguration {
  const common: number[] = [];
  const byName = new Map<string, number>();
  for (const each of typed) {
    const split = each.lastIndexOf('=');
    const name = each.slice(0, Math.max(0, split)).trim();
    if (split >= 0 && name === '')
      throw new UserError('usage', { detail: `${OPTION} "${each}" names no route before "=".` });
    const threshold = milliseconds(each.slice(split + 1).trim());
    if (split < 0) common.push(threshold);
    else byName.set(name, threshold);
  }
  return {
    ...DEFAULT_OPERATIONS,
    thresholdMilliseconds: common.at(-1) ?? DEFAULT_OPERATIONS.thresholdMilliseconds,
    ...(byName.size > 0
      ? {
          thresholds: Array.from(byName, ([name, thresholdMilliseconds]) => ({
            name,
            thresholdMilliseconds,
          })),
        }
      : {}),
  };
}

function milliseconds(value: string): number {
  const time = parseTime(OPTION, value) / 1000;
  if (time < THRESHOLD_MILLISECONDS.least || time > THRESHOLD_MILLISECONDS.most)
    throw new UserError('usage', { detail: `${OPTION} must be between 1ms and 1h.` });
  return time;
}
