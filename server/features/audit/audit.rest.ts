import { z } from 'zod';
import { answer, parseGiven, type RestRoute } from '#server/gateway/plugin.ts';
import { auditEntry, auditFilter } from './audit.schema.ts';
import { listAudit } from './audit.service.ts';
import { exportAudit } from './export.service.ts';
import { listHeads, listKeys } from './heads.service.ts';

const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional();
const filter = auditFilter.extend({ from: time, to: time });
const listQuery = filter.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) });
const exportQuery = filter.extend({ format: z.enum(['csv', 'jsonl']).default('jsonl') });

/** `GET /v1/record/entries`, `…/export` and `…/heads`: who did what, and the signed heads, to keep a copy elsewhere. */
export const auditRest: RestRoute[] = [
  {
    method: 'GET',
    url: '/v1/record/entries',
    scope: 'audit:read',
    summary: 'Who did what, the newest first',
    query: listQuery,
    output: z.object({ entries: z.array(auditEntry) }),
    handle: async ({ scope, query }) => {
      const { entries } = await listAudit(scope, parseGiven(listQuery, query, 'Parameter'));
      return { entries };
    },
  },
  {
    method: 'GET',
    url: '/v1/record/export',
    scope: 'audit:read',
    summary: 'All entries that fit, as CSV or JSON Lines',
    description: 'A stream; that it was taken out is recorded.',
    query: exportQuery,
    output: z.string(),
    handle: async ({ scope, query }) => {
      const { format, ...wanted } = parseGiven(exportQuery, query, 'Parameter');
      const { stream, filename, mediaType } = await exportAudit(scope, wanted, format);
      return answer(200, stream, { 'content-type': mediaType, 'content-disposition': `attachment; filename="${filename}"` });
    },
  },
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
