export type ChartTable = { heads: string[]; rows: (string | number | null)[][] };

/** A chart's figures as CSV (RFC 4180). Cells that a spreadsheet would run as a formula begin with an apostrophe. */
export function toCsv(table: ChartTable): string {
  const cell = (value: string | number | null): string => {
    if (value === null) return '';
    if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [table.heads, ...table.rows]
    .map((row) => row.map(cell).join(','))
    .join('\r\n')
    .concat('\r\n');
}
