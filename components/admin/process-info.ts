const MOST = 12;

/** What a process tells of itself as flat name and value pairs, for reading: nested names are joined by dots. */
export function infoLines(info: Record<string, unknown>): [string, string][] {
  const lines: [string, string][] = [];
  collect('', info, lines);
  return lines.slice(0, MOST);
}

function collect(prefix: string, value: unknown, lines: [string, string][]): void {
  if (value === null || value === undefined || value === '') return;
  if (Array.isArray(value)) {
    const flat = value.every((item) => typeof item !== 'object' || item === null);
    if (flat && value.length > 0) lines.push([prefix, value.join(', ')]);
    else value.forEach((item, index) => void collect(`${prefix}.${index + 1}`, item, lines));
    return;
  }
  if (typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) collect(prefix ? `${prefix}.${name}` : name, inner, lines);
    return;
  }
  lines.push([prefix, String(value)]);
}
