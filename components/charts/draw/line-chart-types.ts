export type LinePoint = { x: number | Date; y: number | null; lower?: number | null; upper?: number | null };

export type LineSeries = {
  key: string;
  name: string;
  color: string;
  points: LinePoint[];
  dashed?: boolean;
  /** What it is measured against: grey, thinner. */
  reference?: boolean;
  dots?: boolean;
  /** Said at the line's end instead of in the legend. */
  endLabel?: string;
};

export type LineChartProps = {
  title: string;
  caption?: string;
  /** The downloads' name, without ending. */
  file: string;
  x: {
    kind: 'time' | 'number';
    label: string;
    format?: (x: number) => string;
    log?: boolean;
    /** At most about so many, where there is little room. */
    ticks?: number;
    domain?: [number, number] /** The zone in which days were counted ("UTC"), when it isn't the viewer's. */;
    zone?: string;
  };
  y: { label: string; format: (y: number) => string; domain?: [number, number]; log?: boolean; ticks?: number };
  series: LineSeries[];
  /** Grey dashed lines: what it was in training. */
  references?: { y: number; label: string }[];
  /** Red dashed lines: what may not be passed. */
  limits?: { y: number; label: string }[];
  /** Vertical lines: what happened when. */
  marks?: { x: number | Date; label: string; tone?: 'bad' | 'ink' }[];
  /** Data that isn't all in yet. */
  hatched?: { from: number | Date; to: number | Date; label: string };
  height?: number;
  /** Called with the x under the pointer on a click, and on Enter. */
  onPick?: (x: number) => void;
  foot?: React.ReactNode;
  /** False where a table beside it is the legend. */
  legend?: boolean;
  /** Leaves out the title, the legend and the tools, for small charts in a row that has its own head. */
  bare?: boolean;
};
