const MOST = 16;

/**
 * What a process tells of itself as flat name and value pairs, for reading. Nested names are joined by dots, of a list
 * of things its length and what they have in common are told, zeros and empty values are left out.
 */
export function infoLines(info: Record<string, unknown>): [string, string][] {
  const lines: [string, string][] = [];
  for (const [name, value] of Object.entries(info)) collect(name, value, lines);
  return lines.slice(0, MOST);
}

function collect(name: string, value: unknown, lines: [string, string][]): void {
  if (isNothing(value)) return;
  if (Array.isArray(value)) collectList(name, value, lines);
  else if (isRecord(value)) {
    for (const [inner, part] of Object.entries(value)) collect(`${name}.${short(inner)}`, part, lines);
  } else lines.push([name, short(String(value))]);
}

function collectList(name: string, values: unknown[], lines: [string, string][]): void {
  const records = values.filter(isRecord);
  if (records.length === 0) {
    lines.push([name, values.map((value) => short(String(value))).join(', ')]);
    return;
  }
  lines.push([name, String(values.length)]);
  for (const key of Object.keys(records[0] ?? {})) {
    const found = new Set(records.map((record) => record[key]).filter((value) => !isNothing(value) && typeof value !== 'object'));
    if (found.size > 0 && found.size <= 4)
      lines.push([`${name}.${key}`, [...found].map((value) => short(String(value))).join(', ')]);
  }
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || value === 0 || (Array.isArray(value) && value.length === 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Hashes and ids by their first characters. */
function short(text: string): string {
  return /^[0-9a-f]{32,}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? `${text.slice(0, 8)}…` : text;
}
