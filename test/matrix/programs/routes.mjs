// The same by `import`.
import 'reflect-metadata';
import KoaRouter from '@koa/router';
import * as nestCommon from '@nestjs/common';
import * as nestCore from '@nestjs/core';
import { serve as serveHono } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import * as graphql from 'graphql';
import * as h3 from 'h3';
import { Hono } from 'hono';
import Koa from 'koa';
import polka from 'polka';
import fastify4 from '../older/node_modules/fastify/fastify.js';
import * as h3v1 from '../older/node_modules/h3/dist/index.mjs';
import express4 from '../older/node_modules/express/index.js';
import { tell } from './tell-routes.cjs';

const nest = { ...nestCommon, ...nestCore };
const older = { express4, fastify4, h3v1 };
tell({ express, Koa, KoaRouter, fastify, h3, Hono, serveHono, nest, polka, graphql, ...older });
