import type { Block, Report, Tone } from './blocks.ts';

const STYLE = `:root{color-scheme:light dark;--ink:#1c1a17;--quiet:#6e6961;--line:#e7e5e0;--good:#1b7a4b;--bad:#b3261e;--warn:#8f5600}
@media (prefers-color-scheme:dark){:root{--ink:#edebe7;--quiet:#979288;--line:#2c2a27;--good:#62c08f;--bad:#f08e84;--warn:#e3ac4c}body{background:#191816}}
body{max-width:900px;margin:32px auto;padding:0 16px;color:var(--ink);font:14px/22px Inter,system-ui,sans-serif}
h1{font-size:22px;line-height:30px}h2{font-size:16px;margin:28px 0 8px;border-top:1px solid var(--line);padding-top:16px}h3{font-size:14px;margin:16px 0 4px}
p{margin:6px 0;white-space:pre-wrap;overflow-wrap:anywhere}blockquote{margin:8px 0;padding-left:12px;border-left:2px solid var(--line);white-space:pre-wrap}
.wide{overflow-x:auto}table{width:100%;border-collapse:collapse;font-size:12px;line-height:18px}th,td{padding:4px 8px 4px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{color:var(--quiet);font-weight:400}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
.quiet{color:var(--quiet)}.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}footer{margin-top:32px;border-top:1px solid var(--line);padding-top:8px;color:var(--quiet);font-size:12px;overflow-wrap:anywhere}`;

/**
 * A report as one HTML file that needs nothing else: no script, no address but those in its text, its data as JSON inside.
 * The same report gives the same bytes.
 */
export function reportHtml(report: Report): string {
  const data =
    report.data === undefined ? '' : `\n<script type="application/json" id="evidence">${jsonInside(report.data)}</script>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(report.title)}</h1>
${report.blocks.map(block).join('\n')}
</main>
<footer>${escapeHtml(report.foot)}</footer>${data}
</body>
</html>
`;
}

function block(b: Block): string {
  switch (b.kind) {
    case 'heading':
      return `<h${b.level}>${escapeHtml(b.text)}</h${b.level}>`;
    case 'text':
      return `<p${toneClass(b.tone)}>${escapeHtml(b.text)}</p>`;
    case 'quote':
      return `<blockquote><strong>${escapeHtml(b.by)}</strong><br>${escapeHtml(b.text)}</blockquote>`;
    case 'list':
      return `<ul${toneClass(b.tone)}>${b.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
    case 'facts':
      return `<dl>${b.items.map(({ term, value }) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`;
    case 'table':
      return table(b);
  }
}

function table({ heads, rows, figures = [] }: Extract<Block, { kind: 'table' }>): string {
  const cls = (index: number) => (figures.includes(index) ? ' class="n"' : '');
  const head = heads.map((text, index) => `<th scope="col"${cls(index)}>${escapeHtml(text)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((text, index) => `<td${cls(index)}>${escapeHtml(text)}</td>`).join('')}</tr>`)
    .join('');
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function toneClass(tone: Tone | undefined): string {
  return tone && tone !== 'plain' ? ` class="${tone}"` : '';
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** JSON that can't end the element in which it stands. */
function jsonInside(data: unknown): string {
  return JSON.stringify(data)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
