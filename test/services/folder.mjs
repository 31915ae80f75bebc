import { fileURLToPath } from 'node:url';
import { startKept } from './kept-service.mjs';

/**
 * An empty temporary folder that is gone after `stop()`, or with this process, however that ends.
 * @returns {Promise<{ folder: string, stop: () => Promise<void> }>} its absolute path
 */
export async function startFolder() {
  const { url, stop } = await startKept('folder', {});
  return { folder: fileURLToPath(url), stop };
}
