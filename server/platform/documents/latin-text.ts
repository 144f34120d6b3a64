/** What Windows-1252, the encoding of PDF's standard fonts, has beyond Latin-1. */
const BEYOND = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const INSTEAD: Record<string, string> = {
  '−': '-',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '→': '->',
  '←': '<-',
  '±': '±',
  '✓': 'yes',
  '✕': 'no',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\u2028': '\n',
  '\u2029': '\n',
};

/** A text in the characters that PDF's standard fonts have: others lose their marks, or stand as a question mark. */
export function latinText(text: string): string {
  let out = '';
  for (const character of text.normalize('NFC')) {
    const known = INSTEAD[character];
    if (known !== undefined) out += known;
    else if (fits(character)) out += character;
    else out += withoutMarks(character);
  }
  return out;
}

function fits(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return character === '\n' || (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff) || BEYOND.includes(character);
}

function withoutMarks(character: string): string {
  if (/\p{C}/u.test(character)) return character === '\t' ? ' ' : '';
  const [base = '?'] = character.normalize('NFD');
  return fits(base) ? base : '?';
}
