/** `--watch-function src/orders.ts:Orders.list=50ms`. Throws `usage`. */
import { UserError } from '../contracts/user-error.ts';
import type { WatchSetting } from '../contracts/watched.ts';
import { parseTime } from './times.ts';

const OPTION = '--watch-function';
/** A drive (`C:\\shop.ts`) holds a colon too, and a function's name may hold any sign. */
const TYPED = /^(.+?\.[cm]?[jt]sx?):(.+?)(?:=(\d[\d.]*[a-zµ]+))?$/;

/** In their order; without a time of its own a function has the common threshold. */
export function parseWatched(
  typed: readonly string[],
  thresholdMilliseconds: number,
): readonly WatchSetting[] {
  return typed.map(each => {
    const [, file, name, time] = TYPED.exec(each) ?? [];
    if (file === undefined || name === undefined)
      throw new UserError('usage', {
        detail: `${OPTION} "${each}" is not a file and a function such as src/orders.ts:Orders.list.`,
      });
    const own = time === undefined ? thresholdMilliseconds : parseTime(OPTION, time) / 1000;
    return { file, function: name, thresholdMilliseconds: own };
  });
}
