import { DomainError } from '#server/errors.ts';
import { downloadReport } from '#server/features/models/promotion-report.service.ts';
import { asMember, attachment } from '../../../access.ts';

export const dynamic = 'force-dynamic';

/** The evidence and the decision of a promotion request as one file: `?form=pdf` or `?form=html`. */
export async function GET(request: Request, context: { params: Promise<{ project: string; id: string }> }): Promise<Response> {
  const { project, id } = await context.params;
  return asMember(request, { project, scope: 'project:read' }, async (scope) => {
    const form = new URL(request.url).searchParams.get('form') ?? 'pdf';
    if (form !== 'pdf' && form !== 'html') throw new DomainError('INVALID', 'The form is pdf or html.');
    const { filename, mediaType, body } = await downloadReport(scope, { id, form });
    return new Response(new Uint8Array(body), { headers: attachment(filename, mediaType) });
  });
}
