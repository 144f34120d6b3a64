/**
 * Changes of texts that leave their meaning alone, each drawn from a seed. Neighbouring letters swapped is CheckList's
 * `Perturb.add_typos` (Ribeiro et al. 2020); doubled, dropped and neighbouring keys are the natural typing errors of
 * Belinkov and Bisk, "Synthetic and Natural Noise Both Break Neural Machine Translation" (ICLR 2018).
 */
import type { Random } from '../random.ts';

/** Keys beside each other on a QWERTY keyboard. */
// biome-ignore format: a table reads better in the keyboard's rows
const NEIGHBOURS: Record<string, string> = {
  q: 'wa', w: 'qes', e: 'wrd', r: 'etf', t: 'ryg', y: 'tuh', u: 'yij', i: 'uok', o: 'ipl', p: 'ol',
  a: 'qsz', s: 'awdx', d: 'sefc', f: 'drgv', g: 'fthb', h: 'gyjn', j: 'hukm', k: 'jil', l: 'kop',
  z: 'asx', x: 'zsdc', c: 'xdfv', v: 'cfgb', b: 'vghn', n: 'bhjm', m: 'njk',
};

const LETTER = /\p{L}/u;

/**
 * `share` of the letters become typing errors, one at least where there are two letters.
 * @param share of the letters, 0 to 1
 */
export function typos(text: string, share: number, random: Random): string {
  const chars = [...text];
  const places = chars.flatMap((char, i) => (LETTER.test(char) ? [i] : []));
  if (places.length < 2) return text;
  const wanted = Math.max(1, Math.round(places.length * share));
  const chosen = random
    .shuffle(places)
    .slice(0, wanted)
    .sort((a, b) => b - a);
  for (const at of chosen) mistype(chars, at, random);
  return chars.join('');
}

function mistype(chars: string[], at: number, random: Random): void {
  const char = chars[at] ?? '';
  const next = chars[at + 1] ?? '';
  const kind = random.int(4);
  if (kind === 0 && LETTER.test(next) && next !== char) chars.splice(at, 2, next, char);
  else if (kind === 1) chars.splice(at, 1);
  else if (kind === 2) chars.splice(at, 0, char);
  else {
    const near = NEIGHBOURS[char.toLowerCase()];
    const key = near?.[random.int(near.length)] ?? char;
    chars.splice(at, 1, char === char.toLowerCase() ? key : key.toUpperCase());
    if (key === char) chars.splice(at, 0, char);
  }
}

export type CaseForm = 'upper' | 'lower' | 'title' | 'mixed';

/** Another case of the same letters; `mixed` draws each letter's. */
export function changeCase(text: string, form: CaseForm, random: Random): string {
  if (form === 'upper') return text.toUpperCase();
  if (form === 'lower') return text.toLowerCase();
  if (form === 'title') return text.replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
  return [...text].map((char) => (random.next() < 0.5 ? char.toUpperCase() : char.toLowerCase())).join('');
}

/** CheckList's `Perturb.punctuation`: without the sign at the end, and with a full stop there. */
export function punctuation(text: string): string[] {
  const bare = text.trimEnd().replace(/[\p{P}]+$/u, '');
  return [bare, `${bare}.`, text.replace(/[.,;:!?]+(?=\s|$)/g, '')];
}

/** Some blanks doubled, some become line breaks, and blanks around the text. */
export function whitespace(text: string, random: Random): string {
  const inner = text.replace(/[ \t]+/g, (blank) => (random.next() < 0.5 ? blank : random.next() < 0.5 ? '  ' : '\n'));
  return `  ${inner}\n`;
}

/** Signs that look alike but are others: curly quotes, long dashes, blanks that don't break, some Cyrillic letters. */
export function lookAlikes(text: string, random: Random): string {
  const cyrillic: Record<string, string> = { a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', x: 'х', i: 'і' };
  return text
    .replace(/[aeopcxi]/g, (char) => (random.next() < 0.1 ? (cyrillic[char] ?? char) : char))
    .replaceAll(' ', '\u00a0')
    .replaceAll("'", '’')
    .replaceAll('"', '“')
    .replaceAll('-', '–');
}

/**
 * The text with one word of a list in the place of another, one text for each other word; empty when it holds none.
 * @param o.exact only the very same letters (names); else any case, and the case of the first letter is kept (synonyms)
 */
export function exchange(
  text: string,
  words: readonly string[],
  o: { exact: boolean },
): { from: string; to: string; text: string }[] {
  const found = words.find((word) => pattern(word, o.exact).test(text));
  if (found === undefined) return [];
  return words
    .filter((word) => word !== found)
    .map((to) => ({
      from: found,
      to,
      text: text.replace(pattern(found, o.exact), (old) =>
        o.exact || !/^\p{Lu}/u.test(old) ? to : to.charAt(0).toUpperCase() + to.slice(1),
      ),
    }));
}

/** A word that no letter or digit touches, wherever it stands. */
export function pattern(word: string, exact: boolean): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, exact ? 'gu' : 'giu');
}
