'use client';
import { Select } from '@mantine/core';
import { formatDelta, formatNumber } from '#components/ui/format.ts';
import { Interval, IntervalAxis } from '#components/ui/interval.tsx';
import { Section } from '#components/ui/screen.tsx';
import type { RunComparison } from '#server/features/experiments/compare.schema.ts';
import s from '../experiments.module.css';
import { useAddress } from '../use-address.ts';
import type { Compared } from './compared.ts';
import { Letter } from './letter.tsx';
import {
  commonReach,
  intervalWords,
  judgePairs,
  type Measure,
  measuresOf,
  measureWord,
  mostTelling,
  type Noise,
  pointsWord,
  pWords,
} from './noise.ts';

/** Whether the differences to the reference are more than noise: a sentence, a picture, p-values last. */
export function NoisePanel({ compared, pairs }: { compared: readonly Compared[]; pairs: RunComparison['pairs'] }) {
  const { get, set } = useAddress();
  const measures = measuresOf(pairs[0]?.comparison);
  const measure = measures.find((one) => one.value === get('noise'))?.value ?? 'macroF1';
  const noises = judgePairs(pairs, measure);
  const reference = compared.find((one) => one.isReference);
  const rows = noises[0]?.rows;
  return (
    <Section
      padded
      title="Is it noise?"
      caption={rows === undefined ? undefined : `paired on the same ${formatNumber(rows)} rows`}
    >
      {reference && noises.length > 0 ? (
        <>
          <Select
            size="xs"
            aria-label="What is compared"
            data={measures}
            value={measure}
            allowDeselect={false}
            onChange={(next) => set({ noise: next === null || next === 'macroF1' ? '' : next })}
            w={200}
          />
          <Answer noises={noises} compared={compared} reference={reference} measure={measure} />
          <Pairs noises={noises} compared={compared} reference={reference} />
          <p className="caption">{sayMethod(noises, measure)}</p>
        </>
      ) : (
        <p className="ink-2">{sayWhyNot(compared, reference)}</p>
      )}
    </Section>
  );
}

type Parts = { noises: readonly Noise[]; compared: readonly Compared[]; reference: Compared };

function Answer({ noises, compared, reference, measure }: Parts & { measure: Measure }) {
  const telling = mostTelling(noises);
  const other = compared.find((one) => one.run.name === telling?.run);
  const difference = telling?.difference;
  if (!telling || !other || !difference)
    return <p className={s.answer}>The {measureWord(measure)} can’t be compared: a class lacks rows.</p>;
  if (telling.verdict === 'open')
    return (
      <p className={s.answer}>
        {noises.length === 1 ? (
          <>
            <Letter one={other} /> and <Letter one={reference} /> can’t be told apart
          </>
        ) : (
          <>
            None of these can be told apart from <Letter one={reference} />
          </>
        )}{' '}
        by {measureWord(measure)} on these rows
        <span className="ink-2">
          {' '}
          ({other.letter}: {formatDelta(difference.estimate * 100, 1)} points, {intervalWords(difference)}).
        </span>
      </p>
    );
  const worse = telling.verdict === 'worse';
  return (
    <p className={s.answer}>
      <Letter one={other} /> is {telling.verdict} than <Letter one={reference} /> by{' '}
      <b>
        {pointsWord(difference)} of {measureWord(measure)}
      </b>{' '}
      ({intervalWords(difference, worse)}).
    </p>
  );
}

const VERDICTS = { better: 'better', worse: 'worse', open: 'can’t be told apart', none: 'can’t be computed' };
const TONES = { better: 'good', worse: 'bad', open: 'ink-2', none: 'ink-3' };

function Pairs({ noises, compared, reference }: Parts) {
  const reach = commonReach(noises);
  const domain = [-reach, reach] as const;
  return (
    <table className={s.pairs} aria-label="Differences to the reference">
      <tbody>
        {noises.map((noise) => {
          const one = compared.find((candidate) => candidate.run.name === noise.run);
          const { difference } = noise;
          if (!one) return null;
          return (
            <tr key={noise.run}>
              <th scope="row">
                <Letter one={one} /> <span className="ink-3">–</span> <Letter one={reference} />
              </th>
              <td className={s.pairWhisker}>
                {difference && (
                  <Interval
                    estimate={difference.estimate}
                    lower={difference.lower}
                    upper={difference.upper}
                    domain={domain}
                    zero={0}
                    color={one.color}
                    label={`${one.run.name} minus ${reference.run.name}: ${formatDelta(difference.estimate * 100, 1)} points, ${intervalWords(difference)}`}
                  />
                )}
              </td>
              <td className="num strong">{difference ? formatDelta(difference.estimate * 100, 1) : '–'}</td>
              <td>
                <span className={TONES[noise.verdict]}>{VERDICTS[noise.verdict]}</span>
                <div className="caption">
                  {noise.onlyOne === 0 ? 'both right and wrong alike' : `${pWords(noise.p)}, ${noise.onlyOne} rows decide`}
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <td />
          <td>
            <IntervalAxis
              domain={domain}
              ticks={[-reach, 0, reach]}
              format={(value) => (value === 0 ? '0' : `${formatDelta(value * 100, 0)}${value > 0 ? ' points' : ''}`)}
            />
          </td>
          <td />
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function sayMethod(noises: readonly Noise[], measure: Measure): string {
  const method = noises.find((noise) => noise.difference)?.difference?.method;
  const many = noises.length > 1 ? `, by Holm over ${noises.length} pairs; each interval stands for its own pair` : '';
  const what = measure === 'accuracy' ? '' : ' They are about accuracy, not F1.';
  return `${method ? `Intervals: ${method}. ` : ''}p-values: McNemar’s exact test on the rows that only one of the two has right${many}.${what}`;
}

function sayWhyNot(compared: readonly Compared[], reference: Compared | undefined): string {
  if (compared.length < 2) return 'Choose a second run: then each pair is compared row by row.';
  if (reference && !reference.summary)
    return `${reference.run.name}, the reference, has no figures on a test part. Make another run the reference.`;
  return 'No other run was judged on the rows of the reference, so nothing can be compared row by row.';
}
