/** Packs the extension and installs it, once for all windows of a run. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { installPackedExtension } from '../../../scripts/editor/install.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the installed extensions. */
    readonly extensions: string;
    /** The package that was installed. */
    readonly vsix: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'slowcatch-installed-'));
  const { extensions, vsix } = await installPackedExtension(folder);
  provide('extensions', extensions);
  provide('vsix', vsix);
  return () => rm(folder, { recursive: true, force: true });
}
