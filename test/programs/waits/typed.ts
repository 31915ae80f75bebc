import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

interface Api {
  profileAsync<F>(work: F, options: { readonly name: string; readonly thresholdMs: number }): F;
}
const { profileAsync } = createRequire(__filename)(process.env['SLOWCATCH_API'] ?? '') as Api;

enum Length {
  Long = 60,
}

type Row = { readonly id: number };

class Repository {
  constructor(private readonly rows: readonly Row[]) {}

  async find(
    id: number,
  ): Promise<Row | undefined> {
    await sleep(Length.Long); // the line that waits
    return this.rows.find(row => row.id === id);
  }
}

const repository = new Repository([{ id: 1 }]);
const find = profileAsync(async () => await repository.find(1), { name: 'find', thresholdMs: 20 });

async function main(): Promise<void> {
  for (let time = 0; time < 2; time++) await find();
}
void main();
