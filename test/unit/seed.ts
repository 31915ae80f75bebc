/**
 * Property tests draw the same cases on every machine, so that a change is what makes one fail. `FC_SEED=random`
 * looks for new ones.
 */
import { configureGlobal } from 'fast-check';

const FIXED_SEED = 20_261_123;

if (process.env['FC_SEED'] !== 'random')
  configureGlobal({ seed: Number(process.env['FC_SEED'] ?? FIXED_SEED) });
