/** Delimiters that a table of text may have, the usual first. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * The first records of a CSV text (RFC 4180: cells in quotes may hold delimiters, line breaks and doubled quotes).
 * A record that the text breaks off is left out unless it is the only one.
 */
export function readCsvRecords(text: string, delimiter: string, limit: number): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length && records.length < limit; i += 1) {
    const char = text[i];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === delimiter) {
      record.push(cell);
      cell = '';
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[i + 1] === '\n') i += 1;
      if (record.length > 0 || cell !== '') records.push([...record, cell]);
      record = [];
      cell = '';
    } else cell += char;
  }
  if (records.length < limit && !quoted && (record.length > 0 || cell !== '')) records.push([...record, cell]);
  return records;
}

/**
 * The delimiter under which most of the first records have the same number of cells, and more than one. A table of
 * one column comes out as comma separated.
 */
export function sniffDelimiter(text: string): Delimiter {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const records = readCsvRecords(text, delimiter, 200);
    const width = records[0]?.length ?? 0;
    if (width < 2) continue;
    const same = records.filter((record) => record.length === width).length / records.length;
    const score = same + Math.min(width, 50) / 1000;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/**
 * True when the first record reads like names: no cell is a number, most are there, and either numbers follow or all of
 * them are short and different.
 */
export function looksLikeHeader(records: readonly string[][]): boolean {
  const cells = records[0]?.map((cell) => cell.trim()) ?? [];
  const named = cells.filter((cell) => cell !== '');
  if (named.length * 2 < cells.length || named.length === 0 || cells.some((cell) => NUMBER.test(cell))) return false;
  if (records.slice(1, 20).some((record) => record.some((cell) => NUMBER.test(cell.trim())))) return true;
  return new Set(cells).size === cells.length && named.length === cells.length && cells.every((cell) => cell.length <= 60);
}

/**
 * Names that columns can have in a version: trimmed, without control characters, not empty, not beginning with `_`,
 * and different even when case is ignored. A second `a` becomes `a_2`.
 */
export function cleanColumnNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((raw, index) => {
    const plain = raw
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
      .replace(/^[\s_]+|\s+$/g, '')
      .slice(0, 180);
    const base = plain === '' ? `column_${index + 1}` : plain;
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${base}_${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
