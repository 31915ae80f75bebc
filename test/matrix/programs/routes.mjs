// The same by `import`.
import 'reflect-metadata';
import KoaRouter from '@koa/router';
import * as nestCommon from '@nestjs/common';
import * as nestCore from '@nestjs/core';
import { serve as serveHono } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import * as graphql from 'graphql';
import { Hono } from 'hono';
import Koa from 'koa';
import polka from 'polka';
import express4 from '../older/node_modules/express/index.js';
import { tell } from './tell-routes.cjs';

const nest = { ...nestCommon, ...nestCore };
tell({ express, express4, Koa, KoaRouter, fastify, Hono, serveHono, nest, polka, graphql });
