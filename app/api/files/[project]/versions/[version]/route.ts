import { Readable } from 'node:stream';
import { z } from 'zod';
import { DomainError } from '#server/errors.ts';
import { downloadVersion } from '#server/features/datasets/rows.service.ts';
import { asMember, attachment } from '../../../access.ts';

export const dynamic = 'force-dynamic';

/** The rows of a dataset version: `?format=parquet` (the stored file) or `csv`. */
export async function GET(
  request: Request,
  context: { params: Promise<{ project: string; version: string }> },
): Promise<Response> {
  const { project, version } = await context.params;
  return asMember(request, { project, scope: 'project:read' }, async (scope) => {
    const format = z.enum(['parquet', 'csv']).safeParse(new URL(request.url).searchParams.get('format') ?? 'parquet');
    if (!format.success) throw new DomainError('INVALID', 'The format is parquet or csv.');
    if (!z.uuid().safeParse(version).success) throw new DomainError('INVALID', 'The version is named by its id.');
    const { stream, filename, mediaType } = await downloadVersion(scope, version, format.data);
    return new Response(Readable.toWeb(stream) as unknown as BodyInit, { headers: attachment(filename, mediaType) });
  });
}
