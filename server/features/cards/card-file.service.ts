import type { ProjectScope } from '#server/auth/actor.ts';
import { cardToHtml, cardToMarkdown } from '#server/domain/card/render.ts';
import { recordRead } from '#server/features/audit/reads.service.ts';
import { getCard } from './cards.service.ts';

export const CARD_FORMATS = ['md', 'html', 'json'] as const;
export type CardFormat = (typeof CARD_FORMATS)[number];

const TYPES: Record<CardFormat, string> = {
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** The card of a version as a file; that it was taken out is recorded. @throws NOT_FOUND */
export async function exportCard(
  scope: ProjectScope,
  ref: { model: string; number: number },
  format: CardFormat,
  now: Date,
): Promise<{ body: string; filename: string; mediaType: string }> {
  const { card } = await getCard(scope, ref, now);
  await recordRead(scope, {
    what: 'export',
    target: { type: 'model_version', id: `${ref.model}/${ref.number}`, name: `${ref.model} v${ref.number}` },
    details: { what: 'model card', format, revision: card.revision },
  });
  const body =
    format === 'md' ? cardToMarkdown(card) : format === 'html' ? cardToHtml(card) : `${JSON.stringify(card, null, 2)}\n`;
  return { body, filename: `${ref.model}-v${ref.number}-card.${format}`, mediaType: TYPES[format] };
}
