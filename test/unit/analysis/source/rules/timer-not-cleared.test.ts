import { describe, expect, test } from 'vitest';
import { timerNotCleared as rule } from '../../../../../src/analysis/source/rules/timer-not-cleared.ts';
import { finds, findingsIn, leavesAlone } from '../lint-text.ts';

describe('a timer that goes on', () => {
  finds(rule, {
    'of a time-out in a race': `
      export const within = (work, ms) =>
        Promise.race([
          work,
          new Promise((_, reject) => setTimeout(() => reject(new Error('too late')), ms)), // !
        ]);`,
    'of a time-out with a name': `
      export async function load(url) {
        const timeout = new Promise((_, reject) => {
          setTimeout(reject, 30_000); // !
        });
        return Promise.race([fetch(url), timeout]);
      }`,
    'an interval in a route': `
      import express from 'express';
      const app = express();
      app.get('/events', (req, res) => {
        setInterval(() => res.write('ping'), 1000); // !
      });`,
    'an interval whose name nobody uses': `
      import http from 'node:http';
      http.createServer((req, res) => {
        const beat = setInterval(() => res.write('.'), 1000); // !
      });`,
    'an interval in a method that may be called again': `
      export class Cache {
        watch(key) {
          setInterval(() => this.refresh(key), 60_000); // !
        }
      }`,
  });

  leavesAlone(rule, {
    'cleared in finally': `
      export async function within(work, ms) {
        let timer;
        const timeout = new Promise((_, reject) => { timer = setTimeout(reject, ms); });
        try { return await Promise.race([work, timeout]); } finally { clearTimeout(timer); }
      }`,
    'of timers/promises': `
      import { setTimeout, setInterval } from 'node:timers/promises';
      export const within = (work, ms) => Promise.race([work, setTimeout(ms)]);
      export async function poll() { for await (const _ of setInterval(100)) check(); }`,
    'that lives as long as the program': `
      setInterval(report, 60_000);
      export function nothing() { return Promise.race([]); }`,
    unref: `
      export class Cache { watch() { setInterval(sweep, 1000).unref(); } }`,
    'cleared when the request ends': `
      import express from 'express';
      express().get('/', (req, res) => {
        const timer = setInterval(() => res.write('.'), 1000);
        req.on('close', () => clearInterval(timer));
      });`,
    'soon over': `
      export const soon = work => Promise.race([work, new Promise(resolve => setTimeout(resolve, 50))]);`,
    'kept in a field': `
      export class Poller { start() { this.timer = setInterval(() => this.poll(), 1000); } }`,
    'made in main': `
      function main() { setInterval(report, 1000); }
      main();`,
  });

  test('is a warning where each request makes one, else only potential', () => {
    const severity = (text: string) => findingsIn(rule, text).map(({ finding }) => finding.severity);
    const race = `Promise.race([work(), new Promise(r => setTimeout(r, ms))])`;
    expect(severity(`export const f = (ms) => ${race};`)).toEqual(['info']);
    expect(severity(`import e from 'express'; e().get('/', async () => ${race});`)).toEqual(['warning']);
  });
});
