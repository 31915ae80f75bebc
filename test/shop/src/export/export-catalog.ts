import { fork } from 'node:child_process';
import { entryPoint } from '../entry-point.ts';

export interface ExportAnswer {
  csv: string;
}

const TIMEOUT_MS = 30_000;

/** The catalogue as CSV, rendered in a child process of its own. */
export function exportCatalog(): Promise<string> {
  const child = fork(entryPoint('child', import.meta.url), { timeout: TIMEOUT_MS });
  return new Promise((resolve, reject) => {
    child.on('message', ({ csv }: ExportAnswer) => resolve(csv));
    child.on('error', reject);
    child.on('exit', code => reject(new Error(`export ended with ${code} and without an answer`)));
  });
}
