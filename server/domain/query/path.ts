/** Keys such as `f1."very bad".lower`: plain words joined by dots, anything else in double quotes or backticks. */

/** One key: a word, then words, quoted words or numbers behind dots. Shared by the lexer and by `splitPath`. */
export const PATH_PATTERN = /(?:[A-Za-z_][\w-]*|`(?:[^`]|``)+`)(?:\.(?:[\w-]+|"(?:[^"]|"")*"|`(?:[^`]|``)*`))*/y;
const PART = /\.?(?:([\w-]+)|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`)/y;
const PLAIN_FIRST = /^[A-Za-z_][\w-]*$/;
const PLAIN = /^[\w-]+$/;
const KEYWORDS = new Set(['and', 'or', 'not', 'in', 'like', 'ilike', 'is', 'null']);

/** The parts of a key, without their quotes. @returns null when the text isn't one key from end to end */
export function splitPath(text: string): string[] | null {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    PART.lastIndex = at;
    const found = PART.exec(text);
    if (!found || parts.length > 0 !== found[0].startsWith('.')) return null;
    parts.push(found[1] ?? found[2]?.replaceAll('""', '"') ?? found[3]?.replaceAll('``', '`') ?? '');
    at = PART.lastIndex;
  }
  return parts.length > 0 ? parts : null;
}

/** The one way in which a key is written, so that equal keys are equal texts. */
export function joinPath(parts: readonly string[]): string {
  return parts.map((part, index) => quotePart(part, index === 0)).join('.');
}

function quotePart(part: string, first: boolean): string {
  if (!first) return PLAIN.test(part) ? part : `"${part.replaceAll('"', '""')}"`;
  return PLAIN_FIRST.test(part) && !KEYWORDS.has(part.toLowerCase()) ? part : `\`${part.replaceAll('`', '``')}\``;
}
