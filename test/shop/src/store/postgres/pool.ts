import pg from 'pg';
import type { Pool } from 'pg';

/** A pool whose connections are open from the start and stay open. Rejects when the database does not answer. */
export async function openPool(url: string, connections: number): Promise<Pool> {
  const pool = new pg.Pool({ connectionString: url, max: connections, idleTimeoutMillis: 0 });
  // A connection that breaks while nobody uses it is replaced when one is needed.
  pool.on('error', error => console.error(`shop: a connection to PostgreSQL was lost: ${error.message}`));
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  for (const client of clients) client.release();
  return pool;
}
