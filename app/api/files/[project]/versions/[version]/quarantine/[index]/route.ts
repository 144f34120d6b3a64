import { DomainError } from '#server/errors.ts';
import { openQuarantinedInput } from '#server/features/datasets/quarantine.schema.ts';
import { downloadQuarantined } from '#server/features/datasets/quarantine.service.ts';
import { asMember, attachment } from '../../../../../access.ts';

export const dynamic = 'force-dynamic';

/** The bytes of one thing in quarantine, as they came. */
export async function GET(
  request: Request,
  context: { params: Promise<{ project: string; version: string; index: string }> },
): Promise<Response> {
  const { project, version, index } = await context.params;
  return asMember(request, { project, scope: 'project:read' }, async (scope) => {
    const input = openQuarantinedInput.safeParse({ versionId: version, index: Number(index) });
    if (!input.success) throw new DomainError('INVALID', 'A quarantined row is named by the version’s id and its number.');
    const { bytes, filename } = await downloadQuarantined(scope, input.data);
    return new Response(new Uint8Array(bytes), { headers: attachment(filename, 'application/octet-stream') });
  });
}
