import cron from 'node-cron';
import { tell } from './tell-cron.cjs';

tell(cron);
