import type { OperationEnd } from '../operations/follow.ts';

const OK: OperationEnd = { end: 'ended', status: 'ok' };
const FAILED: OperationEnd = { end: 'ended', status: 'error' };

export const outcome = (isFine: boolean): OperationEnd => (isFine ? OK : FAILED);
