/**
 * Objects of one place may become more and more: see analysis/heap/suspicion.ts. It is said as what it is, a suspicion from
 * sampled objects; whether something holds them that should not, only snapshots tell.
 */
import type { LeakSuspicion } from '../../contracts/leaks.ts';
import type { Finding } from '../../contracts/finding.ts';
import type { FindIn } from './profile-facts.ts';

const MOST = 3;

export const memoryThatGrows: FindIn = ({ suspicions = [] }) => suspicions.slice(0, MOST).map(describe);

function describe(suspicion: LeakSuspicion): Finding {
  const { name, file, line, message, advice, samples, bytesPerSecond, perOperation, liveBytes } = suspicion;
  return {
    id: 'memory-that-grows',
    severity: 'info',
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...{ subject: name, message, advice },
    evidence: {
      ...{ samples, bytesPerSecond, windows: liveBytes.length - 1 },
      ...{ liveBytesBefore: liveBytes[0] ?? 0, liveBytesAfter: liveBytes.at(-1) ?? 0 },
      ...(perOperation ? { bytesPerOperation: perOperation.bytes, operation: perOperation.of } : {}),
    },
  };
}
