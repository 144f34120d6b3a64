import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { describe, expect, it } from 'vitest';
import { startGateway } from '#server/testing/gateway.ts';

// A certificate for localhost made for this test alone: openssl req -x509 -newkey ec … -days 36500 -subj /CN=localhost
const file = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

describe('the way to the gateway', () => {
  it('is HTTPS when a certificate is given', async () => {
    const cert = file('localhost-cert.pem');
    const { gateway } = await startGateway({ tls: { cert, key: file('localhost-key.pem') } });
    await gateway.app.listen({ host: '127.0.0.1', port: 0 });
    const url = gateway.app.listeningOrigin;
    const status = await new Promise((resolve, reject) => {
      request(`${url}/v2/health/live`, { ca: cert }, (response) => resolve(response.statusCode))
        .on('error', reject)
        .end();
    });
    await gateway.close();
    expect(url).toMatch(/^https:/);
    expect(status).toBe(200);
  });

  it('takes the address of a caller from the proxy that is trusted, and from no other', async () => {
    const tries = async (trustProxy: string | undefined) => {
      const { gateway } = await startGateway(trustProxy ? { trustProxy } : {});
      const seen: string[] = [];
      gateway.app.addHook('onResponse', async (call) => {
        seen.push(call.ip);
      });
      await gateway.app.inject({
        url: '/v2/health/live',
        remoteAddress: '10.0.0.1',
        headers: { 'x-forwarded-for': '203.0.113.9' },
      });
      await gateway.close();
      return seen[0];
    };
    expect(await tries('10.0.0.1')).toBe('203.0.113.9');
    expect(await tries('192.0.2.1')).toBe('10.0.0.1');
    expect(await tries(undefined)).toBe('10.0.0.1');
  });
});
