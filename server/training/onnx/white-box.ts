/** A graph whose inside is known: a vector of features made from the input fields, and a linear or tree function of it. */
import type { SparseVector } from '../../domain/explain/linear-shap.ts';
import type { PostTransform, TreeEnsemble } from '../../domain/explain/tree-ensemble.ts';

export type Cell = string | number | null | undefined;

/** One feature: the field that it is made of, and which term, category or mark ("missing") of it. Null: the field itself. */
export type FeatureOf = { field: string; kind: 'number' | 'category' | 'text'; part: string | null };

/** Where the terms of a text stand: each term's column with the spans [from, to) of each of its tokens, occurrence by occurrence. */
export type TermPlaces = { column: number; occurrences: { from: number; to: number }[][] }[];

export type WhiteBox = {
  features: FeatureOf[];
  /** The features of a row, as the graph makes them. */
  encode(row: Readonly<Record<string, Cell>>): SparseVector;
  /** Null for a field that is no text. */
  places(field: string, text: string): TermPlaces | null;
  /** Raw outputs; one for two classes, else one a class. */
  targets: number;
  post: PostTransform;
  inside:
    | { kind: 'linear' /** [features * targets] */; weights: ArrayLike<number>; intercepts: ArrayLike<number> }
    | { kind: 'trees'; ensemble: TreeEnsemble };
};

/** The features of a row as one array; what isn't written is 0. */
export function denseRow(vector: SparseVector, width: number): Float64Array {
  const row = new Float64Array(width);
  vector.index.forEach((j, at) => {
    row[j] = vector.value[at] ?? 0;
  });
  return row;
}
