/** Sparse rows (CSR): the entries of row i are `indices[start[i]..start[i+1]]` with their `values`. */
export type SparseMatrix = {
  rows: number;
  columns: number;
  start: Int32Array;
  indices: Int32Array;
  values: Float32Array;
};

/** Collects rows one entry after another. */
export class SparseBuilder {
  #indices = new Int32Array(1 << 12);
  #values = new Float32Array(1 << 12);
  #length = 0;
  #rows = 0;
  readonly #start: Int32Array;

  constructor(rows: number) {
    this.#start = new Int32Array(rows + 1);
  }

  add(column: number, value: number): void {
    if (this.#length === this.#indices.length) this.#grow();
    this.#indices[this.#length] = column;
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** Where the present row begins, for normalising what was added to it. */
  get length(): number {
    return this.#length;
  }

  /** Multiplies all entries from a position on. */
  scaleFrom(position: number, factor: number): void {
    for (let i = position; i < this.#length; i += 1) this.#values[i] = (this.#values[i] ?? 0) * factor;
  }

  endRow(): void {
    this.#rows += 1;
    this.#start[this.#rows] = this.#length;
  }

  finish(columns: number): SparseMatrix {
    return {
      rows: this.#rows,
      columns,
      start: this.#start,
      indices: this.#indices.slice(0, this.#length),
      values: this.#values.slice(0, this.#length),
    };
  }

  #grow(): void {
    const indices = new Int32Array(this.#indices.length * 2);
    indices.set(this.#indices);
    this.#indices = indices;
    const values = new Float32Array(this.#values.length * 2);
    values.set(this.#values);
    this.#values = values;
  }
}

/** The chosen rows of a matrix, in the given order. */
export function takeRows(matrix: SparseMatrix, rows: ArrayLike<number>): SparseMatrix {
  const start = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    start[i + 1] = (start[i] ?? 0) + (matrix.start[row + 1] ?? 0) - (matrix.start[row] ?? 0);
  }
  const total = start[rows.length] ?? 0;
  const indices = new Int32Array(total);
  const values = new Float32Array(total);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    const from = matrix.start[row] ?? 0;
    const to = matrix.start[row + 1] ?? 0;
    indices.set(matrix.indices.subarray(from, to), start[i]);
    values.set(matrix.values.subarray(from, to), start[i]);
  }
  return { rows: rows.length, columns: matrix.columns, start, indices, values };
}
