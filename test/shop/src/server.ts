import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { closeOnSignal } from './shutdown.ts';
import { openStore } from './store/open-store.ts';

const config = readConfig(process.env);
const store = openStore(config);
const app = await buildApp(config, store);

await app.listen({ host: '127.0.0.1', port: config.port });
console.log(`shop listening on ${app.listeningOrigin}`);
closeOnSignal(app);
