import { readFileSync } from 'node:fs';

/**
 * The most memory this process ever had resident. Not `maxRSS`: on Linux a process inherits that of the one that
 * started it (getrusage(2), exec_mmap in the kernel's fs/exec.c).
 */
export function peakResidentBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}
