import { describe } from 'vitest';
import { httpAgentPerCall as rule } from '../../../../../src/analysis/source/rules/http-agent-per-call.ts';
import { finds, leavesAlone } from '../lint-text.ts';

describe('an agent that is made for each call', () => {
  finds(rule, {
    'as an option of a request': `
      import https from 'node:https';
      import fetch from 'node-fetch';
      export async function load(url: string) {
        return fetch(url, { agent: new https.Agent({ keepAlive: true }) }); // !
      }`,
    'by a name': `
      const axios = require('axios');
      const { Agent } = require('https');
      exports.load = async url => {
        const httpsAgent = new Agent({ rejectUnauthorized: false }); // !
        return axios.get(url, { httpsAgent });
      };`,
    'of undici, in a route': `
      import express from 'express';
      import { Agent, fetch } from 'undici';
      express().get('/', async (req, res) => {
        const dispatcher = new Agent({ pipelining: 1 }); // !
        res.json(await (await fetch(req.query.url, { dispatcher })).json());
      });`,
    'a proxy for each request': `
      import { ProxyAgent, request } from 'undici';
      export const ask = async (url: string) => request(url, { dispatcher: new ProxyAgent(process.env.PROXY!) }); // !`,
    'in a method': `
      import * as http from 'http';
      export class Client {
        async get(path: string) {
          const agent = new http.Agent(); // !
          return new Promise(resolve => http.get({ path, agent }, resolve));
        }
      }`,
  });

  leavesAlone(rule, {
    'shared by all calls': `
      import https from 'node:https';
      const agent = new https.Agent({ keepAlive: true });
      export const load = (url: string) => fetch(url, { agent });`,
    'of a client that is made once': `
      import https from 'node:https';
      import axios from 'axios';
      export function createClient(baseURL: string) {
        return axios.create({ baseURL, httpsAgent: new https.Agent({ keepAlive: true }) });
      }`,
    'kept in a field': `
      import https from 'node:https';
      export class Client {
        open() { this.agent = new https.Agent(); }
        get(url) { return fetch(url, { agent: this.agent }); }
      }`,
    'one that checks addresses': `
      import https from 'node:https';
      export const load = (url: string) => request(url, { agent: new https.Agent({ lookup: onlyPublic }) });`,
    'another Agent': `
      import { Agent } from './people';
      export async function hire() { const agent = new Agent(); await agent.start(); }`,
    'set for the whole program': `
      import { Agent, setGlobalDispatcher } from 'undici';
      export function configure() { setGlobalDispatcher(new Agent({ connections: 10 })); }`,
    'lazily, once': `
      import https from 'node:https';
      let agent;
      export function get(url) { agent ||= new https.Agent(); return fetch(url, { agent }); }`,
  });
});
