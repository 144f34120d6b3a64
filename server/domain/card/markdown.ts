/**
 * A small part of Markdown (CommonMark 0.31's headings, lists, quotes, code, emphasis and links) as HTML. Everything else is text: no
 * raw HTML, no images, links to http, https and mailto only, so that what people write can't run in anybody's browser.
 */
export function markdownToHtml(source: string): string {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const out: string[] = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] ?? '';
    if (line.trim() === '') {
      i += 1;
    } else if (/^```/.test(line)) {
      const end = lines.findIndex((other, j) => j > i && /^```\s*$/.test(other));
      const stop = end < 0 ? lines.length : end;
      out.push(`<pre><code>${escapeHtml(lines.slice(i + 1, stop).join('\n'))}</code></pre>`);
      i = stop + 1;
    } else {
      const [html, next] = block(lines, i);
      out.push(html);
      i = next;
    }
  }
  return out.join('\n');
}

const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const BULLET = /^\s{0,3}[-*+]\s+(.*)$/;
const NUMBER = /^\s{0,3}\d{1,9}[.)]\s+(.*)$/;
const QUOTE = /^\s{0,3}>\s?(.*)$/;

function block(lines: readonly string[], from: number): [string, number] {
  const heading = HEADING.exec(lines[from] ?? '');
  // A card has headings of its own down to the third.
  if (heading?.[1])
    return [
      `<h${Math.min(6, heading[1].length + 3)}>${inline(heading[2] ?? '')}</h${Math.min(6, heading[1].length + 3)}>`,
      from + 1,
    ];
  for (const [pattern, tag] of [
    [BULLET, 'ul'],
    [NUMBER, 'ol'],
  ] as const) {
    if (pattern.test(lines[from] ?? '')) {
      const [items, next] = listItems(lines, from, pattern);
      return [`<${tag}>${items.map((item) => `<li>${inline(item)}</li>`).join('')}</${tag}>`, next];
    }
  }
  if (QUOTE.test(lines[from] ?? '')) {
    const next = runTo(lines, from, (line) => !QUOTE.test(line));
    const inner = lines.slice(from, next).map((line) => QUOTE.exec(line)?.[1] ?? '');
    return [`<blockquote>${markdownToHtml(inner.join('\n'))}</blockquote>`, next];
  }
  const next = runTo(lines, from, (line, i) => i > from && (line.trim() === '' || isBlock(line)));
  return [`<p>${inline(lines.slice(from, next).join('\n'))}</p>`, next];
}

function listItems(lines: readonly string[], from: number, pattern: RegExp): [string[], number] {
  const items: string[] = [];
  let i = from;
  for (; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    const item = pattern.exec(line)?.[1];
    if (item !== undefined) items.push(item);
    else if (line.trim() === '' || (isBlock(line) && !/^\s{2,}/.test(line))) break;
    else items[items.length - 1] += `\n${line.trim()}`;
  }
  return [items, i];
}

function runTo(lines: readonly string[], from: number, ends: (line: string, i: number) => boolean): number {
  const end = lines.findIndex((line, i) => i >= from && ends(line, i));
  return end < 0 ? lines.length : end;
}

function isBlock(line: string): boolean {
  return HEADING.test(line) || BULLET.test(line) || NUMBER.test(line) || QUOTE.test(line) || /^```/.test(line);
}

const CODE = /`([^`\n]+)`/;

function inline(text: string): string {
  const code = CODE.exec(text);
  if (code) {
    const before = text.slice(0, code.index);
    const after = text.slice(code.index + code[0].length);
    return `${inline(before)}<code>${escapeHtml(code[1] ?? '')}</code>${inline(after)}`;
  }
  return escapeHtml(text)
    .replace(/\[([^\]\n]+)\]\((https?:\/\/[^\s()<>]+|mailto:[^\s()<>]+)\)/g, '<a href="$2" rel="noopener noreferrer">$1</a>')
    .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '<strong>$2</strong>')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])/g, '<em>$1</em>')
    .replace(/(?<![\w/])_(?=\S)([^_\n]*?\S)_(?![\w/])/g, '<em>$1</em>')
    .replace(/ {2,}\n/g, '<br>\n');
}

/** A text as HTML shows it. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
