import { spawnSync } from 'node:child_process';
import { onTestFinished, type TestContext } from 'vitest';

/** Mounts a file system of that size; skips the test where none can be mounted. */
export function smallDisk(
  context: TestContext,
  folder: string,
  size: string,
  ...options: readonly string[]
): string {
  const { status, error } = spawnSync('mount', [
    ...['-t', 'tmpfs', '-o', [`size=${size}`, ...options].join(','), 'tmpfs', folder],
  ]);
  if (status !== 0) {
    const reason = `no file system can be mounted here (${error?.message ?? `status ${status}`}): run as root`;
    console.log(`skipped: ${reason}`);
    context.skip(reason);
  }
  onTestFinished(() => void spawnSync('umount', [folder]));
  return folder;
}
