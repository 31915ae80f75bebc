// VS Code's server (first argument: its main file) that ends with its parent, however that one ends.
import { pathToFileURL } from 'node:url';

process.stdin.on('close', () => process.exit()).resume();
const [main] = process.argv.splice(2, 1);
await import(pathToFileURL(main).href);
