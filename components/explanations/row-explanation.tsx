import { formatNumber } from '#components/ui/format.ts';
import { Finding } from '#components/ui/sentence.tsx';
import type { RowExplanation as Explanation } from '#server/features/explanations/explanations.schema.ts';
import s from './explanations.module.css';
import { ShadedText, ShadeLegend } from './shaded-text.tsx';
import { Waterfall } from './waterfall.tsx';
import { formatContribution, METHODS, strongestWords } from './words.ts';

const WORDS = 8;

/** Why a version answers an input as it does: its words or fields by what they add, and what would change the answer. */
export function RowExplanation({ explanation }: { explanation: Explanation }) {
  const { counterfactual, fields, space, class: of } = explanation;
  const texts = fields.filter((field) => field.words !== null && typeof field.value === 'string' && field.value !== '');
  const needed = counterfactual?.kind === 'words' ? counterfactual : null;
  const strongest = Math.max(0, ...texts.flatMap((field) => (field.words ?? []).map((word) => Math.abs(word.contribution))));
  const what = of ?? 'a higher answer';
  return (
    <div className={s.stack}>
      <p>
        v{explanation.number} says <strong>{explanation.label ?? formatNumber(explanation.output, 3)}</strong>
        {explanation.probability !== null && (
          <span className="ink-3 num"> with probability {formatNumber(explanation.probability, 3)}</span>
        )}
        {of !== null && of !== explanation.label && <>; explained is {of}</>}
        {counterfactual && <>. {counterfactual.sentence}</>}
      </p>
      {needed && !needed.smallest && (
        <p className="caption">
          A smaller set of words may do as well; this is the smallest that was found in {needed.tried} tries.
        </p>
      )}
      {explanation.notes.map((note) => (
        <Finding key={note} tone="quiet" title={note} />
      ))}
      {texts.length > 0 && <ShadeLegend of={what} framed={needed !== null} />}
      {texts.map((field) => (
        <section key={field.name} aria-label={`Words of ${field.name}`}>
          {texts.length > 1 && <h3 className="caption">{field.name}</h3>}
          <ShadedText
            label={field.name}
            text={String(field.value)}
            words={field.words ?? []}
            needed={needed?.field === field.name ? needed.spans : []}
            space={space}
            strongest={strongest}
          />
          <div className={s.two}>
            <WordTable title={`Words for ${what}`} field={field} sign={1} space={space} />
            <WordTable title="Words against it" field={field} sign={-1} space={space} />
          </div>
          {field.absent !== null && Math.abs(field.absent) > 0 && (
            <p className="caption">
              Words that other texts have and this one lacks add {formatContribution(field.absent, space)} together.
            </p>
          )}
        </section>
      ))}
      {(fields.length > 1 || texts.length === 0) && <Waterfall explanation={explanation} />}
      <p className="caption">
        Values are SHAP values, {METHODS[explanation.method]}
        {explanation.background.rows > 0 && `, against ${explanation.background.rows} ${explanation.background.of}`}. They add up
        to the output.
      </p>
    </div>
  );
}

function WordTable({
  title,
  field,
  sign,
  space,
}: {
  title: string;
  field: Explanation['fields'][number];
  sign: 1 | -1;
  space: Explanation['space'];
}) {
  const words = strongestWords(
    String(field.value),
    (field.words ?? []).filter((word) => word.contribution * sign > 0),
    WORDS,
  );
  if (words.length === 0) return null;
  return (
    <table className={s.table}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">adds</th>
        </tr>
      </thead>
      <tbody>
        {words.map(({ word, times, contribution }) => (
          <tr key={word}>
            <th scope="row" title={word}>
              {word}
              {times > 1 && <span className="ink-3"> × {times}</span>}
            </th>
            <td>{formatContribution(contribution, space)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
