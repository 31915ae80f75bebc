/** A profile as an HTML page: the page's script and style lie in `dist/`, its data are packed. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import zlib from 'node:zlib';
import type { StackProfile } from '../model/stacks/stack-profile.ts';
import type { HtmlFacts } from '../present/flame-html/facts.ts';
import { flameHtml } from '../present/flame-html.ts';

/** `dist` is the folder that the build has written. */
export async function renderFlameHtml(
  profile: StackProfile,
  facts: HtmlFacts,
  dist: string,
): Promise<string> {
  const read = (name: string): Promise<string> => fs.readFile(path.join(dist, 'webview', name), 'utf8');
  const [script, style, notices] = await Promise.all([
    read('flame-html.js'),
    read('flame-html.css'),
    read('flame-html.txt'),
  ]);
  const visualizer = { script, scriptHash: hash(script), style, styleHash: hash(style), notices };
  return flameHtml(profile, facts, visualizer, gzip);
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64');

const gzip = (text: string): string => zlib.gzipSync(text, { level: 9 }).toString('base64');
