/** From words to meaning, by recursive descent (Chevrotain). `or` binds weakest, then `and`, then `not`. */
import { EmbeddedActionsParser, type IToken, type TokenType } from 'chevrotain';
import type { CompareOp, Expression, LiteralNode, Operand } from './ast.ts';
import { plainWords } from './messages.ts';
import { splitPath } from './path.ts';
import {
  And,
  Close,
  Comma,
  Compare,
  endOf,
  ILike,
  In,
  Is,
  Like,
  Not,
  Null,
  Num,
  Open,
  Or,
  Path,
  Text,
  TOKENS,
} from './tokens.ts';

/** An argument list is kept as it stands; what it must be depends on the function and is checked afterwards. */
export type Call = { path: IToken; args: Expression[]; to: number };

class QueryParser extends EmbeddedActionsParser {
  calls = new Map<Operand, Call>();

  constructor() {
    super(TOKENS, { maxLookahead: 2, recoveryEnabled: false, errorMessageProvider: plainWords });
    this.performSelfAnalysis();
  }

  readonly expression = this.RULE('expression', (): Expression => {
    const items = [this.SUBRULE(this.conjunction)];
    this.MANY(() => {
      this.CONSUME(Or);
      items.push(this.SUBRULE2(this.conjunction));
    });
    return joined('or', items);
  });

  private readonly conjunction = this.RULE('conjunction', (): Expression => {
    const items = [this.SUBRULE(this.negation)];
    this.MANY(() => {
      this.CONSUME(And);
      items.push(this.SUBRULE2(this.negation));
    });
    return joined('and', items);
  });

  private readonly negation = this.RULE(
    'negation',
    (): Expression =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(Not);
            return { kind: 'not' as const, item: this.SUBRULE(this.negation) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(Open);
            const inner = this.SUBRULE(this.expression);
            this.CONSUME(Close);
            return inner;
          },
        },
        { ALT: () => this.SUBRULE(this.predicate) },
      ]),
  );

  private readonly predicate = this.RULE('predicate', (): Expression => {
    const left = this.SUBRULE(this.operand);
    let found: Expression = { kind: 'bare', operand: left };
    this.OPTION(() => {
      found = this.OR([
        {
          ALT: () => {
            const op = this.CONSUME(Compare).image as CompareOp;
            return { kind: 'compare' as const, op, left, right: this.SUBRULE2(this.operand) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(Is);
            let negated = false;
            this.OPTION2(() => {
              this.CONSUME(Not);
              negated = true;
            });
            this.CONSUME(Null);
            return { kind: 'null' as const, left, negated };
          },
        },
        { ALT: () => this.SUBRULE(this.membership, { ARGS: [left] }) },
      ]);
    });
    return found;
  });

  private readonly membership = this.RULE('membership', (left: Operand): Expression => {
    let negated = false;
    this.OPTION(() => {
      this.CONSUME(Not);
      negated = true;
    });
    return this.OR([
      {
        ALT: () => {
          const values: LiteralNode[] = [];
          this.CONSUME(In);
          this.CONSUME(Open);
          this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => values.push(this.SUBRULE(this.literal)) });
          this.CONSUME(Close);
          return { kind: 'in' as const, left, values, negated };
        },
      },
      { ALT: () => like(left, this.CONSUME(Like), this.CONSUME(Text), negated) },
      { ALT: () => like(left, this.CONSUME(ILike), this.CONSUME2(Text), negated) },
    ]);
  });

  private readonly operand = this.RULE(
    'operand',
    (): Operand => this.OR([{ ALT: () => this.SUBRULE(this.literal) }, { ALT: () => this.SUBRULE(this.pathOrCall) }]),
  );

  private readonly literal = this.RULE(
    'literal',
    (): LiteralNode =>
      this.OR([{ ALT: () => literalOf(this.CONSUME(Num), Number) }, { ALT: () => literalOf(this.CONSUME(Text), unquote) }]),
  );

  private readonly pathOrCall = this.RULE('pathOrCall', (): Operand => {
    const token = this.CONSUME(Path);
    const node: Operand = { kind: 'path', parts: splitPath(token.image) ?? [''], at: spanOf(token) };
    this.OPTION(() => {
      const args: Expression[] = [];
      this.CONSUME(Open);
      this.MANY_SEP({ SEP: Comma, DEF: () => args.push(this.SUBRULE(this.expression)) });
      const to = endOf(this.CONSUME(Close));
      this.ACTION(() => this.calls.set(node, { path: token, args, to }));
    });
    return node;
  });
}

const parser = new QueryParser();

/** Parses words. Functions are left as `calls`, by the operand that stands for them. */
export function parseTokens(tokens: IToken[]) {
  parser.input = tokens;
  parser.calls = new Map();
  const parsed = parser.expression();
  return { parsed, calls: parser.calls, errors: parser.errors };
}

function joined(kind: 'and' | 'or', items: Expression[]): Expression {
  const [first] = items;
  if (first && items.length === 1) return first;
  return { kind, items: items.flatMap((item) => (item && item.kind === kind ? item.items : [item])) };
}

function like(left: Operand, op: IToken, pattern: IToken, negated: boolean): Expression {
  return { kind: 'like', left, pattern: unquote(pattern.image), insensitive: isType(op, ILike), negated };
}

function isType(token: IToken, type: TokenType): boolean {
  return token.tokenType === type;
}

function literalOf(token: IToken, read: (image: string) => number | string): LiteralNode {
  return { kind: 'literal', value: read(token.image), at: spanOf(token) };
}

function unquote(image: string): string {
  const quote = image[0] ?? "'";
  return image.slice(1, -1).replaceAll(quote + quote, quote);
}

function spanOf(token: IToken) {
  return { from: token.startOffset, to: endOf(token) };
}
