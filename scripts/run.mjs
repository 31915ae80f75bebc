import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);

/** Runs a command with our own output; resolves to its exit status (128 for a signal). */
export function run(command, parameters, options = {}) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32';
    const child = spawn(command, parameters, { cwd: root, stdio: 'inherit', shell, ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 128 : (code ?? 128)));
  });
}

/** The same with a script of one of our packages: `tool('vitest', 'vitest.mjs', ['run'])`. */
export function runNode(script, parameters, options) {
  return run(process.execPath, [path.join(root, script), ...parameters], options);
}
