/** What may stand at the cursor: keys, comparisons, values of the key before, `and` and `or`. */
import type { IToken } from 'chevrotain';
import { joinPath, splitPath } from './path.ts';
import { Close, Comma, Compare, endOf, ILike, In, Is, Like, Not, Null, Num, Open, Path, Text, tokenize } from './tokens.ts';

export type VocabularyKey = {
  /** As it is written, quoted where needed. */
  text: string;
  /** Shown beside it, such as its value now. */
  note?: string;
  kind?: 'number' | 'text' | 'time';
  /** Texts that it may be. */
  values?: readonly string[];
};
export type Vocabulary = {
  keys: readonly VocabularyKey[];
  /** Tables with their columns, for functions. Left out: the language has none here. */
  tables?: readonly { name: string; columns: readonly string[] }[];
};
export type Completion = { text: string; note?: string };
export type Completions = { from: number; to: number; items: Completion[] };

const MOST = 50;
const FUNCTIONS = ['min', 'max', 'mean', 'count', 'all'];

/** What could be written at the cursor, replacing the characters from `from` to `to`. The best match comes first. */
export function completions(text: string, cursor: number, vocabulary: Vocabulary): Completions {
  const before = text.slice(0, cursor);
  const { tokens, errors } = tokenize(before);
  const open = errors.find(({ from }) => `'"\``.includes(before[from] ?? ' '))?.from;
  const last = tokens.at(-1);
  const touching = last && endOf(last) === cursor && isWord(last) ? last : undefined;
  const from = open ?? touching?.startOffset ?? cursor;
  const done = tokens.filter((token) => endOf(token) <= from);
  const typed = before.slice(from);
  const items = candidates(done, vocabulary).flatMap((item) => ranked(item, typed));
  items.sort((a, b) => b.rank - a.rank);
  return { from, to: cursor, items: items.slice(0, MOST).map(({ item }) => item) };
}

function candidates(done: readonly IToken[], vocabulary: Vocabulary): Completion[] {
  const last = done.at(-1);
  const type = last?.tokenType;
  if (type === Compare || type === In || type === Like || type === ILike) return valuesFor(keyBefore(done), vocabulary);
  if (type === Is) return [{ text: 'null' }, { text: 'not null' }];
  const list = openList(done);
  if ((type === Open || type === Comma) && list?.kind === 'in') return valuesFor(keyBefore(done.slice(0, list.at)), vocabulary);
  if (type === Path && last) return operators(vocabulary.keys.find((key) => key.text === last.image));
  if (type === Num || type === Text || type === Null || type === Close) {
    const afterCall = type === Close && callClosed(done);
    return afterCall ? operators(undefined) : [{ text: 'and' }, { text: 'or' }];
  }
  return list?.kind === 'call' ? columns(list.table, vocabulary) : keys(vocabulary, type !== Not);
}

function keys(vocabulary: Vocabulary, mayNegate: boolean): Completion[] {
  const functions = (vocabulary.tables ?? []).flatMap(({ name, columns: [first] }) =>
    FUNCTIONS.map((fn) => ({ text: `${name}.${fn}(${fn === 'count' || !first ? '' : first})`, note: 'over all its rows' })),
  );
  const own = vocabulary.keys.map(({ text, note }) => ({ text, ...(note === undefined ? {} : { note }) }));
  return [...own, ...functions, ...(mayNegate ? [{ text: 'not' }] : [])];
}

function columns(table: string, vocabulary: Vocabulary): Completion[] {
  return (vocabulary.tables?.find(({ name }) => name === table)?.columns ?? []).map((text) => ({ text: joinPath([text]) }));
}

function operators(key: VocabularyKey | undefined): Completion[] {
  const order = key?.kind === 'text' ? ['=', '!=', 'like', 'ilike', 'in', 'is'] : ['>=', '>', '<=', '<', '=', '!=', 'is'];
  return order.map((text) => ({ text }));
}

function valuesFor(key: string | undefined, vocabulary: Vocabulary): Completion[] {
  const values = vocabulary.keys.find(({ text }) => text === key)?.values ?? [];
  return values.map((value) => ({ text: `'${value.replaceAll("'", "''")}'` }));
}

function keyBefore(done: readonly IToken[]): string | undefined {
  return done.findLast((token) => token.tokenType === Path)?.image;
}

/** The bracket in which the cursor stands, if it belongs to `in` or to a function. */
function openList(done: readonly IToken[]): { kind: 'in'; at: number } | { kind: 'call'; table: string } | null {
  let depth = 0;
  for (let index = done.length - 1; index >= 0; index -= 1) {
    const type = done[index]?.tokenType;
    if (type === Close) depth += 1;
    if (type !== Open) continue;
    if (depth > 0) {
      depth -= 1;
      continue;
    }
    const head = done[index - 1];
    if (head?.tokenType === In) return { kind: 'in', at: index };
    const parts = head?.tokenType === Path ? splitPath(head.image) : null;
    if (parts) return { kind: 'call', table: joinPath(parts.slice(0, -1)) };
  }
  return null;
}

/** Whether the last bracket closes a function, so that a comparison follows. */
function callClosed(done: readonly IToken[]): boolean {
  const inside = openList(done.slice(0, -1));
  return inside?.kind === 'call' && inside.table !== '';
}

function ranked(item: Completion, typed: string): { item: Completion; rank: number }[] {
  const [text, part] = [item.text.toLowerCase(), typed.toLowerCase()];
  if (part === '') return [{ item, rank: 0 }];
  if (text === part) return [];
  if (text.startsWith(part)) return [{ item, rank: 2 }];
  return text.includes(part.replace(/^['"`]/, '')) ? [{ item, rank: 1 }] : [];
}

function isWord(token: IToken): boolean {
  return ![Compare, Open, Close, Comma].some((type) => token.tokenType === type);
}
