import { expect, test } from 'vitest';
import { clientAddress } from '#server/auth/client-address.ts';

test.each([
  ['nobody is trusted', { remote: '::ffff:9.9.9.9', forwarded: '1.1.1.1' }, '9.9.9.9'],
  ['the proxy names the client', { remote: '10.0.0.5', forwarded: '1.1.1.1', trusted: '10.0.0.5' }, '1.1.1.1'],
  [
    'what the client put before it counts for nothing',
    { remote: '10.0.0.5', forwarded: '6.6.6.6, 1.1.1.1', trusted: '10.0.0.5' },
    '1.1.1.1',
  ],
  [
    'a chain of proxies in one network',
    { remote: '10.0.0.5', forwarded: '1.1.1.1, 10.0.3.7', trusted: '10.0.0.0/16' },
    '1.1.1.1',
  ],
  ['another than the proxy sends', { remote: '9.9.9.9', forwarded: '1.1.1.1', trusted: '10.0.0.0/16' }, '9.9.9.9'],
  ['rubbish in the header', { remote: '10.0.0.5', forwarded: 'unknown', trusted: '10.0.0.5' }, '10.0.0.5'],
  ['no header', { remote: '10.0.0.5', trusted: '10.0.0.5' }, '10.0.0.5'],
  ['IPv6', { remote: '::1', forwarded: '2001:db8::7', trusted: '::1' }, '2001:db8::7'],
  ['a setting that names no address', { remote: '9.9.9.9', forwarded: '1.1.1.1', trusted: 'true' }, '9.9.9.9'],
])('%s', (_case, o, address) => {
  expect(clientAddress(o)).toBe(address);
});
