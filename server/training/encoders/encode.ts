/** All feature columns as one sparse matrix, and the encoders that the graph repeats. */
import { TrainingError } from '../error.ts';
import { SparseBuilder, type SparseMatrix } from '../sparse.ts';
import { type CategoryEncoder, categoryWriter, fitCategory } from './category.ts';
import { fitNumber, type NumberEncoder, writeNumber } from './number.ts';
import { fitText, type TextEncoder } from './text.ts';

export type Feature = { name: string; kind: 'text' | 'number' | 'category' };
export type Columns = Record<string, (string | number | null)[]>;
export type Encoder = TextEncoder | NumberEncoder | CategoryEncoder;
export type EncodedFeatures = { encoders: Encoder[]; matrix: SparseMatrix; notes: string[] };

type Writer = (row: number, offset: number, out: SparseBuilder) => void;
type Fitted = { encoder: Encoder; write: Writer };

const ROWS_BETWEEN_YIELDS = 500;

/**
 * Fits an encoder for each feature on the rows of `fitRows` and encodes all `n` rows.
 * A column that says nothing (empty, or the same everywhere) is left out with a note; none left is an error.
 */
export function* encodeFeatures(
  features: readonly Feature[],
  columns: Columns,
  o: { n: number; fitRows: readonly number[]; ngramMax: number; vocabularySize: number },
): Generator<void, EncodedFeatures> {
  const fitted: Fitted[] = [];
  const notes: string[] = [];
  for (const feature of features) {
    const values = columns[feature.name];
    if (!values) throw new TrainingError(`The data has no column "${feature.name}".`);
    const one = yield* fitFeature(feature, values, o);
    if (one) fitted.push(one);
    else notes.push(`Column "${feature.name}" was left out: ${reason(feature.kind)}`);
  }
  if (fitted.length === 0) {
    throw new TrainingError(`There is no usable feature column. ${notes.join(' ') || 'Choose at least one.'}`);
  }
  const out = new SparseBuilder(o.n);
  let width = 0;
  for (const { encoder } of fitted) width += encoder.width;
  for (let row = 0; row < o.n; row += 1) {
    let offset = 0;
    for (const { encoder, write } of fitted) {
      write(row, offset, out);
      offset += encoder.width;
    }
    out.endRow();
    if (row % ROWS_BETWEEN_YIELDS === ROWS_BETWEEN_YIELDS - 1) yield;
  }
  return { encoders: fitted.map(({ encoder }) => encoder), matrix: out.finish(width), notes };
}

function* fitFeature(
  feature: Feature,
  values: (string | number | null)[],
  o: { fitRows: readonly number[]; ngramMax: number; vocabularySize: number },
): Generator<void, Fitted | null> {
  if (feature.kind === 'text') {
    const text = yield* fitText(feature.name, values, { ...o, rows: o.fitRows });
    return text.encoder.width === 0 ? null : text;
  }
  yield;
  if (feature.kind === 'number') {
    const encoder = fitNumber(feature.name, values, o.fitRows);
    return encoder && { encoder, write: (row, offset, out) => writeNumber(encoder, values[row], offset, out) };
  }
  const encoder = fitCategory(feature.name, values, o.fitRows);
  if (!encoder) return null;
  const write = categoryWriter(encoder);
  return { encoder, write: (row, offset, out) => write(values[row], offset, out) };
}

function reason(kind: Feature['kind']): string {
  if (kind === 'text') return 'its training rows hold no word.';
  if (kind === 'number') return 'its training rows hold no number, or all the same one.';
  return 'its training rows hold a single category.';
}
