/** Listening TCP sockets of a process, as Linux tells them in /proc. */
import fs from 'node:fs/promises';
import os from 'node:os';
import type { InspectorAddress } from './target.ts';

export interface Listener extends InspectorAddress {
  /** Bound to a loopback address: nothing outside this machine can reach it. */
  readonly loopback: boolean;
}

interface ListeningSocket extends Listener {
  readonly inode: string;
}

/** State `TCP_LISTEN` of include/net/tcp_states.h. */
const LISTEN = '0A';

/** Fails with the system's error when the process is gone or not ours. */
export async function listenersOf(pid: number): Promise<Listener[]> {
  const inodes = await socketInodes(pid);
  return (await listeningSockets(pid)).filter(socket => inodes.has(socket.inode));
}

/** The process that listens on this port in the network of `pid`; undefined when none is found among ours. */
export async function portOwner(port: number, pid: number): Promise<number | undefined> {
  const sockets = (await listeningSockets(pid)).filter(socket => socket.port === port);
  const others = (await fs.readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number);
  for (const other of others) {
    const inodes = await ifReadable(socketInodes(other));
    if (sockets.some(socket => inodes?.has(socket.inode))) return other;
  }
  return undefined;
}

/**
 * Reads the text of /proc/net/tcp or tcp6:
 *
 *     sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt   uid  timeout inode
 *      0: 0100007F:240D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 31337 …
 *
 * Addresses are words of 4 bytes in the machine's byte order, the port is a plain hexadecimal number.
 */
export function parseListening(text: string, endianness: 'LE' | 'BE'): ListeningSocket[] {
  return text
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
    .filter(fields => fields[3] === LISTEN)
    .map(fields => {
      const [address = '', port = ''] = (fields[1] ?? '').split(':');
      const host = hostOf(addressBytes(address, endianness));
      const loopback = host === '::1' || host.startsWith('127.');
      const any = host === '0.0.0.0' || host === '::';
      return {
        host: any ? '127.0.0.1' : host,
        port: Number.parseInt(port, 16),
        loopback,
        inode: fields[9] ?? '',
      };
    });
}

function addressBytes(hex: string, endianness: 'LE' | 'BE'): Buffer {
  const bytes = Buffer.from(hex, 'hex');
  return endianness === 'LE' ? bytes.swap32() : bytes;
}

const MAPPED = Buffer.from('00000000000000000000ffff', 'hex');

function hostOf(bytes: Buffer): string {
  const isMapped = bytes.length === 16 && bytes.subarray(0, 12).equals(MAPPED);
  const short = isMapped ? bytes.subarray(12) : bytes;
  if (short.length === 4) return [...short].join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  // `new URL` writes an IPv6 address in its shortest form.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

async function listeningSockets(pid: number): Promise<ListeningSocket[]> {
  const tables = [
    fs.readFile(`/proc/${pid}/net/tcp`, 'utf8'),
    ifReadable(fs.readFile(`/proc/${pid}/net/tcp6`, 'utf8')),
  ];
  const texts = await Promise.all(tables);
  return texts.flatMap(text => (text === undefined ? [] : parseListening(text, os.endianness())));
}

async function socketInodes(pid: number): Promise<Set<string>> {
  const folder = `/proc/${pid}/fd`;
  const names = await fs.readdir(folder);
  const links = await Promise.all(names.map(name => ifReadable(fs.readlink(`${folder}/${name}`))));
  return new Set(links.flatMap(link => /^socket:\[(\d+)\]$/.exec(link ?? '')?.[1] ?? []));
}

/** What closes, ends or belongs to others between listing and reading is left out. */
async function ifReadable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code)) return undefined;
    throw error;
  }
}
