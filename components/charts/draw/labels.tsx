type Placed = { viewBox?: { x?: number; y?: number; width?: number; height?: number } };

/** A mark's words above the plot, kept inside it. recharts gives the place. */
export function MarkLabel({ text, tone, viewBox }: { text: string; tone: 'bad' | 'ink' | undefined } & Placed) {
  const x = viewBox?.x ?? 0;
  const end = text.length * 3.2 > x - 40;
  return (
    <text
      x={x}
      y={(viewBox?.y ?? 0) - 6}
      textAnchor={end ? 'start' : 'middle'}
      style={{ fill: tone === 'bad' ? 'var(--bad)' : 'var(--ink-2)' }}
    >
      {text}
    </text>
  );
}

/** The series' name or value right of its last point. */
export function EndLabel({
  text,
  color,
  last,
  shift,
  index,
  x,
  y,
}: {
  text: string;
  color: string;
  last: number;
  shift: number;
  index?: number;
  x?: number | string;
  y?: number | string;
}) {
  if (index !== last) return null;
  return (
    <text x={Number(x) + 8} y={Number(y) + 4 + shift} style={{ fill: color, fontWeight: 600 }}>
      {text}
    </text>
  );
}

/** Diagonal lines: data that isn't all in yet. */
export function HatchPattern({ id }: { id: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line x1="0" y1="0" x2="0" y2="6" stroke="var(--line-2)" strokeWidth="1" />
    </pattern>
  );
}
