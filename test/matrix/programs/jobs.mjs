import Bull from 'bull';
import { Queue, Worker } from 'bullmq';
import Redis from 'ioredis';
import { tell } from './tell-jobs.cjs';

tell({ Bull, Queue, Worker, Redis });
