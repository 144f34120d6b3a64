import type { CardTable, ModelCard } from './card.schema.ts';
import { escapeHtml, markdownToHtml } from './markdown.ts';

/** A card as Markdown: facts as lists, tables as tables, texts as they were written. */
export function cardToMarkdown(card: ModelCard): string {
  const parts = [`# ${title(card)}`, `${line(card)}  \n${standing(card)}`];
  for (const section of card.sections) {
    parts.push(`## ${section.title}${section.annex ? ` (Annex IV, ${section.annex})` : ''}`);
    if (section.facts.length > 0)
      parts.push(section.facts.map((fact) => `- **${mark(fact.term)}**: ${mark(fact.value)}`).join('\n'));
    for (const table of section.tables) parts.push(`**${mark(table.title)}**`, tableToMarkdown(table));
    for (const { question, text } of section.texts) parts.push(`### ${question}`, text.trim() || '_Not written yet._');
  }
  return `${parts.join('\n\n')}\n`;
}

function tableToMarkdown({ heads, rows }: CardTable): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => mark(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(heads), `|${heads.map(() => ' --- |').join('')}`, ...rows.map(row)].join('\n');
}

/** A value as text of one line that Markdown takes for nothing else. */
function mark(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replace(/([\\`*_[\]<>])/g, '\\$1');
}

/** A card as one HTML file that needs nothing else: no script, no font, no picture; light and dark. */
export function cardToHtml(card: ModelCard): string {
  const body = card.sections
    .map((section) => {
      const annex = section.annex ? ` <small>Annex IV, ${escapeHtml(section.annex)}</small>` : '';
      const facts = section.facts.map((fact) => `<dt>${escapeHtml(fact.term)}</dt><dd>${escapeHtml(fact.value)}</dd>`).join('');
      const texts = section.texts.map(
        ({ question, text }) =>
          `<h3>${escapeHtml(question)}</h3>\n${text.trim() ? markdownToHtml(text) : '<p class="none">Not written yet.</p>'}`,
      );
      return `<section id="${escapeHtml(section.id)}">\n<h2>${escapeHtml(section.title)}${annex}</h2>\n${facts && `<dl>${facts}</dl>`}\n${section.tables.map(tableToHtml).join('\n')}\n${texts.join('\n')}\n</section>`;
    })
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title(card))}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title(card))}</h1>
<p class="none">${escapeHtml(line(card))}<br>${escapeHtml(standing(card))}</p>
${body}
</body>
</html>
`;
}

function tableToHtml({ title: caption, heads, rows }: CardTable): string {
  const head = heads.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('\n');
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function title(card: ModelCard): string {
  return `Model card: ${card.model} v${card.version}`;
}

function line(card: ModelCard): string {
  const texts =
    card.revision === 0 ? 'texts not written yet' : `texts of revision ${card.revision} by ${card.revisedBy ?? 'nobody'}`;
  return `Project ${card.project}; made ${card.generatedAt}; ${texts}.`;
}

function standing({ completeness }: ModelCard): string {
  const { written, asked, missing } = completeness;
  return `${written} of ${asked} required texts are written.${missing.length > 0 ? ` Missing: ${missing.join('; ')}.` : ''}`;
}

const STYLE =
  ':root{color-scheme:light dark}body{max-width:820px;margin:32px auto;padding:0 16px;font:14px/1.5 system-ui,sans-serif}h1{font-size:22px}h2{margin-top:32px;font-size:17px}h2 small{font-size:12px;font-weight:400;opacity:.7}h3{margin:16px 0 4px;font-size:14px}dl{display:grid;grid-template-columns:180px 1fr;gap:2px 16px}dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}table{width:100%;margin:12px 0;border-collapse:collapse;font-size:13px}caption{padding:4px 0;text-align:left;font-weight:600}th,td{padding:4px 8px 4px 0;border-bottom:1px solid #8884;text-align:left}.none{opacity:.7}pre{overflow:auto}@media print{section{break-inside:avoid}}';
