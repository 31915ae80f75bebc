import type { HotFunction, HotLine } from '../../contracts/document.ts';
import type { Aggregate, FunctionTimes, LineTimes } from './aggregate.ts';
import type { Owner } from './owner.ts';

/** Functions and lines that the user can open: their own and those of packages, heaviest self time first. */
const OPENABLE: readonly Owner[] = ['own', 'packages'];
const INTERNAL: readonly Owner[] = ['node', 'native'];

export function hotFunctions(profile: Aggregate): HotFunction[] {
  return ranked(profile, OPENABLE);
}

/** Node's own functions and native ones, apart: nobody can change them, only call them less. */
export function hotInternals(profile: Aggregate): HotFunction[] {
  return ranked(profile, INTERNAL).filter(({ selfMicroseconds }) => selfMicroseconds > 0);
}

export function hotLines({ lines, cpuMicroseconds }: Aggregate): HotLine[] {
  return lines
    .filter((line: LineTimes) => OPENABLE.includes(line.owner) && line.self > 0)
    .sort((a, b) => b.self - a.self || a.file.localeCompare(b.file) || a.line - b.line)
    .map(({ file, line, self }) => ({ file, line, selfMicroseconds: self, share: self / cpuMicroseconds }));
}

function ranked({ functions, cpuMicroseconds }: Aggregate, owners: readonly Owner[]): HotFunction[] {
  return functions
    .filter(found => owners.includes(found.owner) && found.total > 0)
    .sort((a, b) => b.self - a.self || b.total - a.total || a.name.localeCompare(b.name))
    .map(found => toHotFunction(found, cpuMicroseconds));
}

function toHotFunction(found: FunctionTimes, cpuMicroseconds: number): HotFunction {
  const { name, file, line, column, self, total, samples } = found;
  return {
    ...{ name, file, line, column },
    selfMicroseconds: self,
    totalMicroseconds: total,
    share: cpuMicroseconds === 0 ? 0 : self / cpuMicroseconds,
    samples: Math.round(samples),
  };
}
