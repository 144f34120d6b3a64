/** Words of a text with their places, and a text without some of them. */

/** `from` and `to` are places in UTF-16 code units; `key` is the word in lower case. */
export type Word = { from: number; to: number; key: string };

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;

/** Every word in order. */
export function splitWords(text: string): Word[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    from: match.index,
    to: match.index + match[0].length,
    key: match[0].toLowerCase(),
  }));
}

/** The text with the spans taken out; what stood around them stays, one space where two would meet. */
export function withoutSpans(text: string, spans: readonly { from: number; to: number }[]): string {
  let out = '';
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from < at) continue;
    out += text.slice(at, span.from);
    at = span.to;
    if (/\s$/.test(out) && text[at] === ' ') at += 1;
  }
  return out + text.slice(at);
}

/** Places of words divided into at most `most` groups: by the word itself, the rarer ones by neighbourhood. */
export function groupWords(words: readonly Word[], most: number): number[][] {
  const byKey = [...Map.groupBy(words.keys(), (at) => words[at]?.key ?? '').values()];
  if (byKey.length <= most) return byKey;
  const size = Math.ceil(words.length / most);
  return Array.from({ length: Math.ceil(words.length / size) }, (_, i) =>
    Array.from({ length: Math.min(size, words.length - i * size) }, (_, k) => i * size + k),
  );
}
