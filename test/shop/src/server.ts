import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { closeOnSignal } from './shutdown.ts';
import { openStore } from './store/open-store.ts';

const config = readConfig(process.env);
const store = await openStore(config);
if (config.databaseUrl !== undefined)
  console.log(
    `shop keeps its data in PostgreSQL, its cache in ${config.redisUrl ? 'Redis' : 'memory: REDIS_URL names none'}`,
  );
const app = await buildApp(config, store);

await app.listen({ host: '127.0.0.1', port: config.port });
console.log(`shop listening on ${app.listeningOrigin}`);
closeOnSignal(app);
