/** node:dns: lookups, with callbacks and promises, and those of resolvers. Sockets look names up by `dns.lookup`. */
import { member, nodeModule, prototypeOf, type Library } from './library.ts';
import { waitingCall } from './waiting-call.ts';
import { wrapMethods } from './wrapped-method.ts';

const RESOLVES = [
  'resolve',
  'resolve4',
  'resolve6',
  'resolveAny',
  'resolveCaa',
  'resolveCname',
  'resolveMx',
  'resolveNaptr',
  'resolveNs',
  'resolvePtr',
  'resolveSoa',
  'resolveSrv',
  'resolveTlsa',
  'resolveTxt',
  'reverse',
];

export const nodeDns: Library = {
  builtin: follow => {
    const call = waitingCall(follow, { kind: 'dns', library: 'node:dns', detail: ofFirst });
    const functions = ['lookup', 'lookupService', ...RESOLVES];
    const dns = nodeModule('node:dns');
    const promises = member(dns, 'promises');
    return [
      ...wrapMethods(dns, functions, call),
      ...wrapMethods(promises, functions, call),
      ...wrapMethods(prototypeOf(dns, 'Resolver'), RESOLVES, call),
      ...wrapMethods(prototypeOf(promises, 'Resolver'), RESOLVES, call),
    ];
  },
};

const ofFirst = (_: unknown, [host]: readonly unknown[]): string | undefined =>
  typeof host === 'string' ? host.slice(0, 253) : undefined;
