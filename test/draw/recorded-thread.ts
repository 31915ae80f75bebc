/** Threads of a recording with the scripts that they ran, as if an agent had written them. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { RecordedThread } from '../../src/backend/recorded-threads.ts';
import { RECORDING_VERSION, SOURCES_FOLDER, threadFolder } from '../../src/contracts/recording-files.ts';
import type { ScriptRecord, ThreadRecord } from '../../src/contracts/recording.ts';

/** A script of a file; the recording keeps its text as the agent does. */
export function ranScript(
  recording: string,
  file: string,
  text: string,
  more: Partial<ScriptRecord> = {},
): ScriptRecord {
  const sha256 = createHash('sha256').update(text).digest('hex');
  fs.mkdirSync(path.join(recording, SOURCES_FOLDER), { recursive: true });
  fs.writeFileSync(path.join(recording, SOURCES_FOLDER, `${sha256}.js.gz`), gzipSync(text));
  return {
    scriptId: '7',
    url: pathToFileURL(file).href,
    sha256,
    sourceMapUrl: '',
    startLine: 0,
    startColumn: 0,
    ...more,
  };
}

export function ranThread(
  scripts: readonly ScriptRecord[],
  more: Partial<ThreadRecord> = {},
): RecordedThread {
  const thread: ThreadRecord = {
    type: 'thread',
    version: RECORDING_VERSION,
    pid: 1,
    parentPid: 0,
    threadId: 0,
    name: '',
    argv: [],
    execArgv: [],
    cwd: '/',
    nodeVersion: 'v24.0.0',
    v8Version: '',
    intervalMicroseconds: 1000,
    agent: '/agent.cjs',
    atMicroseconds: 0,
    ...more,
  };
  return { folder: threadFolder(thread.pid, 0), thread, runtime: [thread], scripts, isDamaged: false };
}
