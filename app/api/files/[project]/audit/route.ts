import { Readable } from 'node:stream';
import { z } from 'zod';
import { DomainError } from '#server/errors.ts';
import { auditFilter } from '#server/features/audit/audit.schema.ts';
import { exportAudit } from '#server/features/audit/export.service.ts';
import { asMember, attachment } from '../../access.ts';

export const dynamic = 'force-dynamic';

const parameters = auditFilter
  .omit({ from: true, to: true })
  .extend({ format: z.enum(['csv', 'jsonl']).default('csv'), from: z.coerce.date().optional(), to: z.coerce.date().optional() });

/** The record of a project, filtered as on the screen: `?format=csv` or `jsonl`. */
export async function GET(request: Request, context: { params: Promise<{ project: string }> }): Promise<Response> {
  const { project } = await context.params;
  return asMember(request, { project, scope: 'audit:read' }, async (scope) => {
    const parsed = parameters.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!parsed.success)
      throw new DomainError('INVALID', `${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`);
    const { format, ...filter } = parsed.data;
    const { stream, filename, mediaType } = await exportAudit(scope, filter, format);
    return new Response(Readable.toWeb(stream) as unknown as BodyInit, { headers: attachment(filename, mediaType) });
  });
}
