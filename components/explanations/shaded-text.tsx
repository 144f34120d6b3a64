import { ScrollRegion } from '#components/ui/scroll-region.tsx';
import type { ExplanationSpace } from '#server/features/explanations/explanations.schema.ts';
import s from './explanations.module.css';
import { formatContribution } from './words.ts';

type Span = { from: number; to: number };

const LONG = 900;
/** Weaker words than this share of the strongest stay unmarked: a text in which everything is marked says nothing. */
const FAINT = 0.08;

/** A text in which words are marked by what they add: a solid line for the class, a dashed one against it, stronger for more. */
export function ShadedText({
  label,
  text,
  words,
  needed,
  space,
  strongest,
}: {
  label: string;
  text: string;
  words: readonly (Span & { contribution: number })[];
  /** Words without which the answer would be another: framed. */
  needed: readonly Span[];
  space: ExplanationSpace;
  /** The size of the strongest word of all texts of this input: what is darkest. */
  strongest: number;
}) {
  const marked = words.filter(
    (word) => Math.abs(word.contribution) >= FAINT * strongest || needed.some((span) => covers(span, word)),
  );
  const body = (
    <p className={s.text}>
      {marked.map((word, i) => (
        <span key={word.from}>
          {text.slice(i === 0 ? 0 : (marked[i - 1]?.to ?? 0), word.from)}
          <mark
            className={`${word.contribution >= 0 ? s.for : s.against} ${needed.some((span) => covers(span, word)) ? s.needed : ''}`}
            style={{ '--strength': Math.abs(word.contribution) / (strongest || 1) } as React.CSSProperties}
            title={formatContribution(word.contribution, space)}
          >
            {text.slice(word.from, word.to)}
          </mark>
        </span>
      ))}
      {text.slice(marked.at(-1)?.to ?? 0)}
    </p>
  );
  return text.length > LONG ? (
    <ScrollRegion label={`${label}, explained`} maxHeight={340}>
      {body}
    </ScrollRegion>
  ) : (
    body
  );
}

/** What the marks mean, in words and lines as well as colours. */
export function ShadeLegend({ of, framed }: { of: string; framed: boolean }) {
  const strength = { '--strength': 0.7 } as React.CSSProperties;
  return (
    <ul className={s.legend} aria-label="Legend">
      <li>
        <mark className={s.for} style={strength}>
          solid line
        </mark>{' '}
        speaks for {of}
      </li>
      <li>
        <mark className={s.against} style={strength}>
          dashed line
        </mark>{' '}
        speaks against it
      </li>
      <li>stronger means more</li>
      {framed && (
        <li>
          <mark className={`${s.for} ${s.needed}`} style={strength}>
            framed
          </mark>{' '}
          without these words the answer would be another
        </li>
      )}
    </ul>
  );
}

function covers(span: Span, word: Span): boolean {
  return word.from >= span.from && word.from < span.to;
}
