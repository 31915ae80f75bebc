import { describe, expect, test } from 'vitest';
import { parseListening } from '../../../../src/collect/attach/linux-sockets.ts';

const TCP = `\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:240D 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 101 1 0 100 0 0 10 0
   1: 00000000:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 102 1 0 100 0 0 10 0
   2: 0100007F:240D 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 103 1 0 20 4 30 10 -1
   3: 0502A8C0:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 104 1 0 100 0 0 10 0
`;
const TCP6 = `\
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:240E 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 201 1
   1: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 202 1
   2: 0000000000000000FFFF00000100007F:1F91 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 203 1
   3: B80D01200000000000000000EFCD0000:01BB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 204 1
`;

describe('listening sockets of /proc/net', () => {
  test('over IPv4; what is not listening is left out', () => {
    expect(parseListening(TCP, 'LE')).toEqual([
      { host: '127.0.0.1', port: 9229, loopback: true, inode: '101' },
      { host: '127.0.0.1', port: 3000, loopback: false, inode: '102' },
      { host: '192.168.2.5', port: 80, loopback: false, inode: '104' },
    ]);
  });

  test('over IPv6, and IPv4 mapped into it', () => {
    expect(parseListening(TCP6, 'LE')).toEqual([
      { host: '::1', port: 9230, loopback: true, inode: '201' },
      { host: '127.0.0.1', port: 8080, loopback: false, inode: '202' },
      { host: '127.0.0.1', port: 8081, loopback: true, inode: '203' },
      { host: '2001:db8::cdef', port: 443, loopback: false, inode: '204' },
    ]);
  });

  test('on a machine of the other byte order', () => {
    const text = TCP.replaceAll('0100007F', '7F000001').replaceAll('0502A8C0', 'C0A80205');
    expect(parseListening(text, 'BE')).toEqual(parseListening(TCP, 'LE'));
  });

  test('none', () => {
    expect(parseListening('', 'LE')).toEqual([]);
    expect(parseListening(TCP.split('\n')[0] ?? '', 'LE')).toEqual([]);
  });
});
