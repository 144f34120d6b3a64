/** Plain figures of a text, cheap enough to compute for every request, by which a change of what comes in shows. */

export const TEXT_FEATURES = {
  length: { title: 'Length', unit: 'characters' },
  links: { title: 'Links', unit: 'a text' },
  capitals: { title: 'Capitals', unit: 'share of letters' },
  digits: { title: 'Digits', unit: 'share of characters' },
} as const;
export type TextFeature = keyof typeof TEXT_FEATURES;

const LINK = /\b(?:https?:\/\/|www\.)/gi;
const LETTER = /\p{L}/gu;
const CAPITAL = /\p{Lu}/gu;
const DIGIT = /\p{Nd}/gu;

/**
 * Length in UTF-16 code units, number of links (http, https, www.), share of capitals among letters, share of digits among
 * characters. A missing text has no figures; a share of nothing is missing too.
 */
export function textFeatures(text: string | null): Record<TextFeature, number | null> {
  if (text === null) return { length: null, links: null, capitals: null, digits: null };
  const letters = count(text, LETTER);
  return {
    length: text.length,
    links: count(text, LINK),
    capitals: letters > 0 ? count(text, CAPITAL) / letters : null,
    digits: text.length > 0 ? count(text, DIGIT) / text.length : null,
  };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
