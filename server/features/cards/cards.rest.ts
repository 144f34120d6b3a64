import { z } from 'zod';
import { modelCard } from '#server/domain/card/card.schema.ts';
import { DomainError } from '#server/errors.ts';
import { answer, type RestRoute } from '#server/gateway/plugin.ts';
import { CARD_FORMATS, exportCard } from './card-file.service.ts';

const query = z.object({ format: z.enum(CARD_FORMATS).default('json') });
const numbered = z.coerce.number().int().min(1);

/** `GET /v1/models/{model}/versions/{version}/card`: the model card as JSON, Markdown or HTML. */
export const cardsRest: RestRoute[] = [
  {
    method: 'GET',
    url: '/v1/models/:model/versions/:version/card',
    scope: 'project:read',
    summary: 'The model card of a version, as JSON, Markdown or HTML',
    query,
    output: modelCard,
    handle: async ({ scope, params, query: given }) => {
      const parsed = query.safeParse(given);
      const number = numbered.safeParse(params.version);
      if (!parsed.success) throw new DomainError('INVALID', `The format is one of ${CARD_FORMATS.join(', ')}.`);
      if (!number.success) throw new DomainError('INVALID', 'A version is named by its number, such as 3.');
      const { body, mediaType } = await exportCard(
        scope,
        { model: params.model ?? '', number: number.data },
        parsed.data.format,
        new Date(),
      );
      return answer(200, body, { 'content-type': mediaType });
    },
  },
];
