import { Pool } from 'pg';
import PgBoss from '../older/node_modules/pg-boss/src/index.js';
import { canRunNewest, tell } from './tell-boss.cjs';

const newest = canRunNewest ? { boss12: (await import('pg-boss')).PgBoss } : {};
tell({ versions: { boss10: PgBoss, ...newest }, Pool });
