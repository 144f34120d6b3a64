const BLOCKS = new Set(
  'address article aside blockquote br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table td th title tr ul'.split(
    ' ',
  ),
);
const HIDDEN = new Set(['script', 'style', 'template', 'title']);
const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  laquo: '«',
  raquo: '»',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  sect: '§',
  deg: '°',
  times: '×',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  Uuml: 'Ü',
  Ouml: 'Ö',
  Auml: 'Ä',
  szlig: 'ß',
  ntilde: 'ñ',
  iexcl: '¡',
  iquest: '¿',
};

/**
 * The words of an HTML text as a reader sees them: tags, comments, scripts and styles removed, blocks on lines of
 * their own, entities decoded, white space folded. One pass, so that hostile HTML costs no more than its length.
 */
export function htmlToText(html: string): string {
  const out: string[] = [];
  const unclosed = new Set<string>();
  let position = 0;
  while (position < html.length) {
    const open = html.indexOf('<', position);
    const end = open < 0 ? html.length : open;
    if (end > position) out.push(html.slice(position, end).replace(/\s+/g, ' '));
    if (open < 0) break;
    position = skipTag(html, open, out, unclosed);
  }
  return decodeEntities(out.join(''))
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function skipTag(html: string, open: number, out: string[], unclosed: Set<string>): number {
  if (html.startsWith('<!--', open)) {
    const close = unclosed.has('!--') ? -1 : html.indexOf('-->', open + 4);
    if (close >= 0) return close + 3;
    unclosed.add('!--');
  }
  const next = html.charCodeAt(open + 1) | 32;
  const first = html[open + 1] ?? '';
  if (!(next >= 97 && next <= 122) && first !== '/' && first !== '!' && first !== '?') {
    out.push('<');
    return open + 1;
  }
  const close = html.indexOf('>', open + 1);
  if (close < 0) return html.length;
  const name = /^\/?([a-z0-9]+)/i.exec(html.slice(open + 1, Math.min(close, open + 20)))?.[1]?.toLowerCase() ?? '';
  if (BLOCKS.has(name)) out.push('\n');
  if (first === '/' || !HIDDEN.has(name) || html[close - 1] === '/') return close + 1;
  return endOfElement(html, close + 1, name, unclosed);
}

/** Behind the closing tag of an element without words; where it is missing, behind its opening tag, and not looked for again. */
function endOfElement(html: string, from: number, name: string, unclosed: Set<string>): number {
  if (unclosed.has(name)) return from;
  const closing = new RegExp(`</${name}[^>]{0,200}>`, 'gi');
  closing.lastIndex = from;
  const found = closing.exec(html);
  if (found) return found.index + found[0].length;
  unclosed.add(name);
  return from;
}

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});?/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name] ?? NAMED[name.toLowerCase()] ?? whole;
    const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    const printable = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return printable ? String.fromCodePoint(code) : ' ';
  });
}
