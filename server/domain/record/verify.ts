import { type ChainedFields, type ChainRow, canonicalOf, FORM } from './canonical.ts';

/**
 * Walks the chain of the record once, in its order, and says what was done to it. A chain of hashes: S. Haber and
 * W. S. Stornetta, How to time-stamp a digital document, J. Cryptology 3 (1991), 99–111.
 */
export type ProblemKind = 'changed' | 'removed' | 'inserted' | 'reordered' | 'head-mismatch';

export type ChainProblem = {
  kind: ProblemKind;
  /** Place in the chain; null for an entry that has none. */
  seq: number | null;
  entryId: string | null;
  /** What stands there now, for people. */
  entry: { at: string; actor: string; action: string; target: string } | null;
  sentence: string;
};

export type ChainResult = { entries: number; lastSeq: number; lastHash: string; problems: ChainProblem[]; problemCount: number };
export type SignedHead = { seq: number; hash: string; at: string; keyId: string; valid: boolean };

type Sha256 = (text: string) => string;

const KEPT = 200;
const MOST_SHIFT = 64;
const MOST_MOVED = 2_000;
const HOUR_MS = 3_600_000;

export class ChainVerifier {
  readonly #sha256: Sha256;
  readonly #heads: Map<number, SignedHead[]>;
  readonly #problems: ChainProblem[] = [];
  #count = 0;
  #entries = 0;
  #last: { seq: number; hash: string; row: ChainRow | null };
  /** Places by which the rest was renumbered, when entries were taken out or put in and the gap closed. */
  #shift = 0;
  #latest = 0;
  /** Links whose own hash doesn't fit, until it is known whether they only changed places. */
  #unfit: ChainRow[] = [];
  #tentative: { row: ChainRow; by: number } | null = null;
  #blamed = new Set<number>();

  constructor(sha256: Sha256, heads: readonly SignedHead[] = []) {
    this.#sha256 = sha256;
    this.#heads = Map.groupBy(heads, (head) => head.seq);
    this.#last = { seq: 0, hash: sha256(FORM), row: null };
  }

  /** The next link, in the order of `seq`. */
  add(row: ChainRow): void {
    const before = this.#last;
    this.#confirmShift(row);
    this.#checkPlace(row, before.seq);
    const joined = row.prev === before.hash || row.seq !== before.seq + 1;
    const fits = row.entry !== null && this.#hash(row.seq + this.#shift, row) === row.hash;
    if (row.entry === null) this.#reportGone(row);
    else if (fits) this.#checkTime(row, row.entry);
    else {
      this.#unfit.push(row);
      const by = joined || this.#unfit.length > MOST_MOVED ? 0 : this.#shiftOf(row);
      if (by !== 0) this.#tentative = { row, by };
    }
    if (!joined && fits && before.row && !this.#blamed.has(before.seq) && !this.#unfit.includes(before.row)) {
      this.#report(
        'changed',
        before.row,
        `Entry ${before.seq} was written anew with a hash of its own: entry ${row.seq} is chained to another one.`,
      );
    }
    for (const head of this.#heads.get(row.seq) ?? []) this.#checkHead(head, row.hash);
    this.#entries += row.entry ? 1 : 0;
    this.#last = { seq: row.seq, hash: row.hash, row };
  }

  /**
   * After the last link.
   * @param outside entries that stand in the record and have no place, though nothing waits for one
   * @param lost ids of entries that waited for a place and are gone
   */
  finish(outside: readonly ChainedFields[] = [], lost: readonly string[] = []): ChainResult {
    this.#confirmShift(null);
    this.#settleUnfit();
    for (const entry of outside) {
      this.#push({
        kind: 'inserted',
        seq: null,
        entryId: entry.id,
        entry: wordsOf(entry),
        sentence: `An entry was put in past the chain: ${nameOf(entry)}.`,
      });
    }
    for (const id of lost) {
      this.#push({
        kind: 'removed',
        seq: null,
        entryId: id,
        entry: null,
        sentence: `Entry ${id} was removed before it was sealed.`,
      });
    }
    const { seq, hash } = this.#last;
    for (const head of [...this.#heads.values()].flat()) if (head.seq > seq || !head.valid) this.#checkHead(head, null);
    return { entries: this.#entries, lastSeq: seq, lastHash: hash, problems: this.#problems, problemCount: this.#count };
  }

  #checkPlace(row: ChainRow, last: number): void {
    const missing = row.seq - last - 1;
    if (missing <= 0) return;
    this.#push({
      kind: 'removed',
      seq: last + 1,
      entryId: null,
      entry: null,
      sentence:
        missing === 1
          ? `Entry ${last + 1} was removed: its place in the chain is empty.`
          : `Entries ${last + 1} to ${row.seq - 1} were removed: their places in the chain are empty.`,
    });
  }

  #reportGone(row: ChainRow): void {
    this.#report('removed', row, `Entry ${row.seq} was removed: its place and its hash are still there.`);
  }

  /** By how many places the link is away from where it was sealed, when that is not far; 0 when it fits nowhere near. */
  #shiftOf(row: ChainRow): number {
    for (let k = 1; k <= MOST_SHIFT; k += 1) {
      if (this.#hash(row.seq + this.#shift + k, row) === row.hash) return k;
      if (this.#hash(row.seq + this.#shift - k, row) === row.hash) return -k;
    }
    return 0;
  }

  /** A link that stands away from its place may be one of a pair that changed places, or the first of all that follow. */
  #confirmShift(next: ChainRow | null): void {
    const found = this.#tentative;
    this.#tentative = null;
    if (!found) return;
    const follows = next
      ? next.entry !== null && next.prev === found.row.hash && this.#hash(next.seq + this.#shift + found.by, next) === next.hash
      : this.#unfit.length === 1;
    if (!follows) return;
    this.#shift += found.by;
    this.#unfit.pop();
    const k = Math.abs(found.by);
    const [kind, verb] = found.by > 0 ? (['removed', 'removed'] as const) : (['inserted', 'put in'] as const);
    this.#report(
      kind,
      found.row,
      `${k === 1 ? 'One entry was' : `${k} entries were`} ${verb} before entry ${found.row.seq}, and the rest was numbered anew.`,
    );
  }

  #checkTime(row: ChainRow, entry: ChainedFields): void {
    const at = Number(entry.at);
    if (at < this.#latest - HOUR_MS) {
      this.#report(
        'inserted',
        row,
        `Entry ${row.seq} was put in later than its date says: entries sealed before it are more than an hour younger.`,
      );
    }
    this.#latest = Math.max(this.#latest, at);
  }

  #checkHead(head: SignedHead, hash: string | null): void {
    const day = head.at.slice(0, 10);
    if (!head.valid) {
      if (hash === null)
        this.#headProblem(head, `The signature of the head of ${day} (entry ${head.seq}) doesn't fit: the head was altered.`);
      return;
    }
    if (hash === null) {
      this.#headProblem(
        head,
        `The chain ends at entry ${this.#last.seq}, and the head signed on ${day} names entry ${head.seq}: entries at the end were removed.`,
        'removed',
      );
    } else if (hash !== head.hash) {
      this.#headProblem(
        head,
        `The chain was written anew: entry ${head.seq} has another hash than the head signed on ${day} says.`,
      );
    }
  }

  #headProblem(head: SignedHead, sentence: string, kind: ProblemKind = 'head-mismatch'): void {
    this.#push({ kind, seq: head.seq, entryId: null, entry: null, sentence });
  }

  /** Links that don't fit are reordered when each fits at another's place, and changed otherwise. */
  #settleUnfit(): void {
    const unfit = this.#unfit;
    for (const row of unfit) {
      const from = unfit.length <= MOST_MOVED ? unfit.find((other) => other !== row && this.#movedFrom(other, row)) : undefined;
      if (from) this.#report('reordered', row, `Entry ${row.seq} changed places: it was sealed as entry ${from.seq}.`);
      else this.#report('changed', row, `Entry ${row.seq} was changed and doesn't fit its hash.`);
    }
  }

  /** Whether what stands at `row` was sealed at the place of `other`: its entry was moved there, or its whole link. */
  #movedFrom(other: ChainRow, row: ChainRow): boolean {
    if (!row.entry) return false;
    const entryMoved = this.#sha256(canonicalOf(other.seq + this.#shift, other.prev, row.entry)) === other.hash;
    return entryMoved || this.#hash(other.seq + this.#shift, row) === row.hash;
  }

  #hash(seq: number, row: ChainRow): string {
    return this.#sha256(canonicalOf(seq, row.prev, row.entry as ChainedFields));
  }

  #report(kind: ProblemKind, row: ChainRow, sentence: string): void {
    this.#blamed.add(row.seq);
    this.#push({
      kind,
      seq: row.seq,
      entryId: row.entryId,
      entry: row.entry ? wordsOf(row.entry) : null,
      sentence: row.entry ? `${sentence.slice(0, -1)}: ${nameOf(row.entry)}.` : sentence,
    });
  }

  #push(problem: ChainProblem): void {
    this.#count += 1;
    if (this.#problems.length < KEPT) this.#problems.push(problem);
  }
}

function wordsOf(e: ChainedFields): ChainProblem['entry'] {
  return { at: new Date(Number(e.at)).toISOString(), actor: e.actorName, action: e.action, target: e.targetName };
}

function nameOf(e: ChainedFields): string {
  return `${e.action} of ${e.targetName} by ${e.actorName}, ${new Date(Number(e.at)).toISOString()}`;
}
