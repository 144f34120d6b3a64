import type { Condition } from '#server/features/datasets/rows.schema.ts';

type Column = { name: string; kind: string };
export type QueryToken = { text: string; kind: 'key' | 'value' | 'op' | 'plain' };
export type QueryProblem = { from: number; to: number; message: string };
export type ParsedQuery = { conditions: Condition[]; tokens: QueryToken[]; problem: QueryProblem | null };

type Token = { text: string; value: string; from: number; quoted: boolean };
const SYSTEM = ['_row', '_split', '_label_source'];
const EXAMPLE = 'label = spam and subject ~ "free money"';

/**
 * Reads one line of the row language: clauses joined by `and`, each one of `column = value`, `column ~ words`
 * (contains), `column in a .. b` (b not included), `column >= a`, `column < b`, `column is missing`, and
 * `length(column) in a .. b`. Names and values with spaces stand in double quotes.
 */
export function parseRowQuery(text: string, columns: readonly Column[]): ParsedQuery {
  const words = tokenize(text);
  const reader = new Reader(words, text.length, columns);
  const conditions: Condition[] = [];
  let problem: QueryProblem | null = null;
  try {
    while (!reader.done()) {
      conditions.push(reader.clause());
      if (!reader.done()) reader.keyword('and');
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problem = { from: error.from, to: error.to, message: error.message };
  }
  return { conditions: problem ? [] : conditions, tokens: colour(text, words, reader.kinds), problem };
}

/** Conditions as a line that `parseRowQuery` reads back. */
export function writeRowQuery(conditions: readonly Condition[]): string {
  return conditions.map(writeClause).join(' and ');
}

/** The line with one more condition; one about the same column gives way. */
export function withCondition(conditions: readonly Condition[], added: Condition): string {
  return writeRowQuery([...conditions.filter((one) => one.column !== added.column), added]);
}

function writeClause(condition: Condition): string {
  const column = quote(condition.column);
  if (condition.op === 'missing') return `${column} is missing`;
  if (condition.op === 'is') return `${column} = ${quote(condition.value)}`;
  if (condition.op === 'contains') return `${column} ~ ${quote(condition.value)}`;
  const subject = condition.of === 'length' ? `length(${column})` : column;
  if (condition.from !== undefined && condition.to !== undefined)
    return `${subject} in ${quote(condition.from)} .. ${quote(condition.to)}`;
  return condition.from === undefined ? `${subject} < ${quote(condition.to ?? '')}` : `${subject} >= ${quote(condition.from)}`;
}

function quote(text: string): string {
  return /^[^\s"()=~<>]+$/.test(text) && !/^(and|in|is|length)$/i.test(text) && !text.includes('..')
    ? text
    : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

class Problem extends Error {
  readonly from: number;
  readonly to: number;
  constructor(from: number, to: number, message: string) {
    super(message);
    this.from = from;
    this.to = to;
  }
}

class Reader {
  private at = 0;
  readonly kinds: QueryToken['kind'][] = [];
  private readonly words: Token[];
  private readonly end: number;
  private readonly columns: readonly Column[];

  constructor(words: Token[], end: number, columns: readonly Column[]) {
    this.words = words;
    this.end = end;
    this.columns = columns;
  }

  done(): boolean {
    return this.at >= this.words.length;
  }

  clause(): Condition {
    if (this.peek('length') && this.words[this.at + 1]?.text === '(') return this.lengthClause();
    const column = this.column();
    const op = this.take('op', 'an operator: =, ~, in, >=, <, or is missing');
    switch (op.text.toLowerCase()) {
      case '=':
        return { op: 'is', column, value: this.take('value', 'a value').value };
      case '~':
        return { op: 'contains', column, value: this.take('value', 'words to look for').value };
      case 'is':
        this.keyword('missing');
        return { op: 'missing', column };
      default:
        return this.range(column, op, 'value');
    }
  }

  keyword(word: string): void {
    const token = this.take('op', `the word ${word}`);
    if (token.text.toLowerCase() !== word)
      throw this.problem(token, `Here the word ${word} was expected, for example ${EXAMPLE}.`);
  }

  private lengthClause(): Condition {
    this.take('op', 'length');
    this.take('op', '(');
    const column = this.column();
    const close = this.take('op', ')');
    if (close.text !== ')') throw this.problem(close, 'A closing ) is missing.');
    return this.range(column, this.take('op', 'in, >= or <'), 'length');
  }

  private range(column: string, op: Token, of: 'value' | 'length'): Condition {
    if (op.text === '>=') return { op: 'range', column, of, from: this.take('value', 'a value').value };
    if (op.text === '<') return { op: 'range', column, of, to: this.take('value', 'a value').value };
    if (op.text.toLowerCase() !== 'in')
      throw this.problem(op, `${op.text} is no operator. There are =, ~, in, >=, < and is missing.`);
    const from = this.take('value', 'where the range begins').value;
    const dots = this.take('op', '.. between the ends of the range');
    if (dots.text !== '..') throw this.problem(dots, 'A range is written as a .. b.');
    return { op: 'range', column, of, from, to: this.take('value', 'where the range ends').value };
  }

  private column(): string {
    const token = this.take('key', 'the name of a column');
    const known = [...this.columns.map((column) => column.name), ...SYSTEM];
    const exact =
      known.find((name) => name === token.value) ?? known.find((name) => name.toLowerCase() === token.value.toLowerCase());
    if (exact === undefined)
      throw this.problem(
        token,
        `There is no column ${token.value}. There are ${known.slice(0, 8).join(', ')}${known.length > 8 ? ' …' : ''}.`,
      );
    return exact;
  }

  private peek(word: string): boolean {
    const token = this.words[this.at];
    return token !== undefined && !token.quoted && token.text.toLowerCase() === word;
  }

  private take(kind: QueryToken['kind'], what: string): Token {
    const token = this.words[this.at];
    if (!token) throw new Problem(this.end, this.end + 1, `The line ends where ${what} was expected.`);
    this.kinds[this.at] = kind;
    this.at += 1;
    return token;
  }

  private problem(token: Token, message: string): Problem {
    return new Problem(token.from, token.from + token.text.length, message);
  }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"?|\.\.|>=|[=~<()]|(?:(?!\.\.)[^\s"=~<>()])+|>/g;
  for (const found of text.matchAll(pattern)) {
    const quoted = found[0].startsWith('"');
    const value = quoted ? (found[1] ?? '').replace(/\\(.)/g, '$1') : found[0];
    tokens.push({ text: found[0], value, from: found.index, quoted });
  }
  return tokens;
}

function colour(text: string, words: Token[], kinds: QueryToken['kind'][]): QueryToken[] {
  const out: QueryToken[] = [];
  let position = 0;
  for (const [index, word] of words.entries()) {
    if (word.from > position) out.push({ text: text.slice(position, word.from), kind: 'plain' });
    out.push({ text: word.text, kind: kinds[index] ?? 'plain' });
    position = word.from + word.text.length;
  }
  if (position < text.length) out.push({ text: text.slice(position), kind: 'plain' });
  return out;
}
