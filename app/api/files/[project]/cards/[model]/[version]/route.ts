import { z } from 'zod';
import { DomainError } from '#server/errors.ts';
import { CARD_FORMATS, exportCard } from '#server/features/cards/card-file.service.ts';
import { asMember, attachment } from '../../../../access.ts';

export const dynamic = 'force-dynamic';

/** The card of a model version as a file: `?format=md`, `html` or `json`. */
export async function GET(
  request: Request,
  context: { params: Promise<{ project: string; model: string; version: string }> },
): Promise<Response> {
  const { project, model, version } = await context.params;
  return asMember(request, { project, scope: 'project:read' }, async (scope) => {
    const format = z.enum(CARD_FORMATS).safeParse(new URL(request.url).searchParams.get('format') ?? 'md');
    const number = z.coerce.number().int().min(1).safeParse(version);
    if (!format.success || !number.success)
      throw new DomainError('INVALID', 'Name a version by its number and a format of md, html or json.');
    const file = await exportCard(scope, { model: decodeURIComponent(model), number: number.data }, format.data, new Date());
    return new Response(file.body, { headers: attachment(file.filename, file.mediaType) });
  });
}
