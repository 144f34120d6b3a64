import { z } from 'zod';
import type { RestRoute } from '#server/gateway/plugin.ts';
import { listHeads, listKeys } from './heads.service.ts';

/** `GET /v1/record/heads`: the signed heads of the record and the public keys, to keep a copy elsewhere. */
export const auditRest: RestRoute[] = [
  {
    method: 'GET',
    url: '/v1/record/heads',
    scope: 'audit:read',
    summary: 'The signed heads of the record and the public keys, to keep a copy elsewhere',
    output: z.object({
      heads: z.array(z.record(z.string(), z.unknown())),
      keys: z.array(z.object({ id: z.string(), public_key: z.string(), created_at: z.date() })),
    }),
    handle: async () => ({
      heads: await listHeads(),
      keys: (await listKeys()).map((key) => ({ id: key.id, public_key: key.publicKey, created_at: key.createdAt })),
    }),
  },
];
