import type { RequestItem, RequestLists } from '#server/features/models/promotions.schema.ts';

export const BOXES = ['mine', 'asked', 'others', 'reviews', 'ended'] as const;
export type Box = (typeof BOXES)[number];

export const BOX_WORDS: Record<Box, string> = {
  mine: 'Waits for me',
  asked: 'I asked for',
  others: 'With others',
  reviews: 'Emergencies to review',
  ended: 'Ended',
};

/** The requests of each box; what waits stands oldest first, what ended newest first. A request stands in one box. */
export function sortIntoBoxes(lists: RequestLists): Record<Box, RequestItem[]> {
  const open = [...lists.waiting, ...lists.under].sort((a, b) => a.requestedAt.getTime() - b.requestedAt.getTime());
  const urgent = (item: RequestItem) => (item.emergency ? 0 : 1);
  const mine = open.filter((item) => item.mayDecide || (item.own && item.status === 'changes'));
  const rest = open.filter((item) => !mine.includes(item));
  return {
    mine: mine.sort((a, b) => urgent(a) - urgent(b)),
    asked: rest.filter((item) => item.own),
    others: rest.filter((item) => !item.own),
    reviews: lists.reviews,
    ended: lists.ended,
  };
}

export type InboxFilter = { box: Box; text: string; model: string | null };

/** What the address says; without a box, or with an unknown one, the usual one of the reader. */
export function readFilter(params: { get(name: string): string | null }, usual: Box = 'mine'): InboxFilter {
  const box = BOXES.find((name) => name === params.get('box')) ?? usual;
  return { box, text: params.get('q') ?? '', model: params.get('model') };
}

/** The address of a filter; what is usual is left out. */
export function writeFilter({ box, text, model }: InboxFilter, usual: Box = 'mine'): string {
  const params = new URLSearchParams();
  if (box !== usual) params.set('box', box);
  if (text) params.set('q', text);
  if (model) params.set('model', model);
  const query = params.toString();
  return query ? `?${query}` : '?';
}

/** Those in which every word stands somewhere: in the model, the stage, who asked, the reason, or the version (v3). */
export function matching(items: readonly RequestItem[], filter: Pick<InboxFilter, 'text' | 'model'>): RequestItem[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    if (filter.model && item.model !== filter.model) return false;
    const text =
      `${item.model} v${item.number} ${item.targetStage} ${item.requestedByName} ${item.reason} ${item.status}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
