import s from './small.module.css';

/**
 * A line without axes that ends in a dot; null is a gap. Give the same `domain` to sparklines that stand under each other and measure the same.
 * @param label what it shows, in words, for those who don't see it
 */
export function Sparkline({
  values,
  label,
  domain,
  width = 72,
  height = 20,
  color = 'var(--accent)',
  fill = false,
}: {
  values: readonly (number | null)[];
  label: string;
  domain?: readonly [number, number];
  width?: number;
  height?: number;
  color?: string;
  fill?: boolean;
}) {
  const known = values.filter((v): v is number => v !== null && Number.isFinite(v));
  if (known.length === 0)
    return (
      <span className="ink-3" title={label}>
        –
      </span>
    );
  const low = domain?.[0] ?? Math.min(...known);
  const high = domain?.[1] ?? Math.max(...known);
  const x = (i: number) => 2 + (values.length > 1 ? (i / (values.length - 1)) * (width - 6) : width - 6);
  const y = (v: number) => (high === low ? height / 2 : 3 + (1 - (v - low) / (high - low)) * (height - 6));
  let pen = 'M';
  const path: string[] = [];
  let last = { x: 0, y: 0 };
  values.forEach((value, i) => {
    if (value === null || !Number.isFinite(value)) {
      pen = 'M';
      return;
    }
    last = { x: x(i), y: y(value) };
    path.push(`${pen}${last.x.toFixed(1)} ${last.y.toFixed(1)}`);
    pen = 'L';
  });
  return (
    <svg className={s.spark} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {fill && (
        <path
          d={`${path.join('').replaceAll(/(?!^)M/g, 'L')}L${last.x.toFixed(1)} ${height}L${x(0)} ${height}Z`}
          fill="var(--track)"
          stroke="none"
        />
      )}
      <path d={path.join('')} fill="none" stroke={color} strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />
      <circle cx={last.x} cy={last.y} r="2" fill={color} />
    </svg>
  );
}
