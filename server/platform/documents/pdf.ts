import PDFDocument from 'pdfkit';
import { latinText } from './latin-text.ts';

type Tone = 'plain' | 'quiet' | 'good' | 'bad' | 'warn';
/** What can be drawn: the blocks of `domain/report`. */
type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'text'; text: string; tone?: Tone }
  | { kind: 'facts'; items: { term: string; value: string }[] }
  | { kind: 'quote'; by: string; text: string }
  | { kind: 'list'; items: string[]; tone?: Tone }
  | { kind: 'table'; heads: string[]; rows: string[][]; figures?: number[]; widths?: number[] };

const PAGE = { size: 'A4' as const, margins: { top: 56, bottom: 64, left: 56, right: 56 } };
const WIDTH = 595.28 - 112;
const FOOT_AT = 841.89 - 44;
const COLORS: Record<Tone, string> = { plain: '#1c1a17', quiet: '#6e6961', good: '#1b7a4b', bad: '#b3261e', warn: '#8f5600' };
const SIZES = { 1: 18, 2: 13, 3: 11 } as const;

/**
 * A report as a PDF: A4, numbered pages with the report's foot on each, headings as bookmarks. The same report gives the
 * same bytes. Characters that the standard fonts lack are written without their marks, or as a question mark.
 */
export async function reportPdf(report: { title: string; foot: string; at: Date; blocks: Block[] }): Promise<Buffer> {
  const doc = new PDFDocument({
    ...PAGE,
    bufferPages: true,
    lang: 'en',
    info: {
      Title: latinText(report.title),
      Producer: 'Stagecraft',
      Creator: 'Stagecraft',
      CreationDate: report.at,
      ModDate: report.at,
    },
  });
  const parts: Buffer[] = [];
  const done = new Promise<void>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => resolve());
    doc.on('error', reject);
  });
  heading(doc, { level: 1, text: report.title });
  for (const block of report.blocks) draw(doc, block);
  number(doc, report.foot);
  doc.end();
  await done;
  return Buffer.concat(parts);
}

type Doc = PDFKit.PDFDocument;

function draw(doc: Doc, block: Block): void {
  if (block.kind === 'heading') heading(doc, block);
  if (block.kind === 'text') text(doc, block.text, block.tone);
  if (block.kind === 'facts')
    table(doc, { heads: [], rows: block.items.map(({ term, value }) => [term, value]), widths: [1, 3] });
  if (block.kind === 'table') table(doc, block);
  if (block.kind === 'quote') {
    text(doc, block.by, 'quiet', { gap: 0 });
    text(doc, block.text, 'plain', { indent: 12 });
  }
  if (block.kind === 'list') {
    for (const item of block.items) text(doc, `–  ${item}`, block.tone, { gap: 0 });
    gap(doc, 6);
  }
}

function heading(doc: Doc, { level, text: words }: { level: 1 | 2 | 3; text: string }): void {
  if (level < 3) doc.outline.addItem(latinText(words));
  gap(doc, level === 1 ? 0 : 10);
  need(doc, 60);
  doc.font('Helvetica-Bold').fontSize(SIZES[level]).fillColor(COLORS.plain);
  doc.text(latinText(words), PAGE.margins.left, doc.y, { width: WIDTH });
  gap(doc, 4);
}

function text(doc: Doc, words: string, tone: Tone = 'plain', o: { indent?: number; gap?: number } = {}): void {
  const { indent = 0 } = o;
  doc.font('Helvetica').fontSize(9.5).fillColor(COLORS[tone]);
  doc.text(latinText(words), PAGE.margins.left + indent, doc.y, { width: WIDTH - indent, lineGap: 2 });
  gap(doc, o.gap ?? 6);
}

function table(doc: Doc, o: { heads: string[]; rows: string[][]; figures?: number[]; widths?: number[] }): void {
  const count = o.heads.length || (o.rows[0]?.length ?? 0);
  const shares = Array.from({ length: count }, (_, index) => o.widths?.[index] ?? 1);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => (share / total) * WIDTH);
  if (o.heads.length > 0) row(doc, o.heads, widths, o.figures ?? [], COLORS.quiet);
  for (const cells of o.rows) row(doc, cells, widths, o.figures ?? [], COLORS.plain);
  gap(doc, 8);
}

function row(doc: Doc, cells: string[], widths: number[], figures: number[], color: string): void {
  doc.font('Helvetica').fontSize(8.5).fillColor(color);
  const words = cells.map(latinText);
  const heights = words.map((cell, index) => doc.heightOfString(cell, { width: (widths[index] ?? 0) - 8, lineGap: 1 }));
  const height = Math.min(Math.max(...heights, 10) + 6, 600);
  need(doc, height);
  const top = doc.y;
  let left = PAGE.margins.left;
  words.forEach((cell, index) => {
    const width = widths[index] ?? 0;
    const align = figures.includes(index) ? 'right' : 'left';
    doc.text(cell, left, top + 3, { width: width - 8, height: height - 3, align, lineGap: 1, ellipsis: true });
    left += width;
  });
  const under = top + height;
  doc
    .moveTo(PAGE.margins.left, under)
    .lineTo(PAGE.margins.left + WIDTH, under)
    .lineWidth(0.5)
    .strokeColor('#e7e5e0')
    .stroke();
  doc.y = under;
}

/** Begins a new page when so much doesn't fit on this one. */
function need(doc: Doc, height: number): void {
  if (doc.y + height > 841.89 - PAGE.margins.bottom) doc.addPage();
}

function gap(doc: Doc, points: number): void {
  doc.y += points;
}

function number(doc: Doc, foot: string): void {
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page);
    // Writing below the margin would begin a page of its own.
    doc.page.margins.bottom = 0;
    doc.font('Helvetica').fontSize(7.5).fillColor(COLORS.quiet);
    doc.text(latinText(foot), PAGE.margins.left, FOOT_AT, { width: WIDTH - 60, height: 20, lineBreak: true });
    doc.text(`${page + 1} of ${count}`, PAGE.margins.left + WIDTH - 60, FOOT_AT, { width: 60, align: 'right', lineBreak: false });
  }
}
