'use client';
import { formatCount, formatPercent } from '#components/ui/format.ts';
import { Sentence } from '#components/ui/sentence.tsx';
import { wilsonInterval } from '#server/domain/stats/proportions.ts';
import s from './behaviour.module.css';
import type { Draft } from './draft.ts';
import type { useCheck } from './use-check.ts';
import { countResults, KIND_WORDS } from './words.ts';

/** How many rows pass on the chosen version, by kind, as they stand in the editor. */
export function RatesSummary({
  drafts,
  check,
  version,
}: {
  drafts: readonly Draft[];
  check: ReturnType<typeof useCheck>;
  version: number | null;
}) {
  const on = drafts.filter((draft) => draft.text.enabled);
  const resultsOf = (rows: readonly Draft[]) => rows.flatMap((draft) => check.resultOf(draft) ?? []);
  const all = countResults(resultsOf(on));
  const blocking = countResults(resultsOf(on.filter((draft) => draft.text.severity === 'blocking')));
  const kinds = (['minimum', 'invariance', 'directional', 'regression'] as const).flatMap((kind) => {
    const counts = countResults(resultsOf(on.filter((draft) => draft.text.kind === kind)));
    return counts.n === 0
      ? []
      : [{ kind, ...counts, rate: wilsonInterval({ successes: counts.n - counts.failed, n: counts.n }) }];
  });
  return (
    <div className={s.summary} aria-live="polite" aria-busy={check.checking}>
      <Sentence explanation={explanationOf(all, blocking, check.checking)}>{sentenceOf(all, version)}</Sentence>
      {kinds.length > 0 && (
        <ul className={s.rates}>
          {kinds.map(({ kind, n, failed, rate }) => (
            <li key={kind}>
              {KIND_WORDS[kind].name}{' '}
              <strong className={`num ${failed > 0 ? 'bad' : ''}`}>
                {n - failed} of {n}
              </strong>{' '}
              {rate && (
                <span className="ink-3 num">
                  {formatPercent(rate.lower)} to {formatPercent(rate.upper)}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function sentenceOf({ n, failed }: { n: number; failed: number }, version: number | null): string {
  if (n === 0) return version === null ? 'There is no version to ask.' : `Write a row, and v${version} answers it at once.`;
  if (failed === 0) return n === 1 ? `v${version} passes the one test.` : `v${version} passes all ${n} tests.`;
  return `v${version} passes ${n - failed} of ${formatCount(n, 'test')}.`;
}

function explanationOf(all: { invalid: number }, blocking: { n: number; failed: number }, checking: boolean): string {
  const parts = [
    blocking.n === 0
      ? 'No row blocks a promotion by itself.'
      : blocking.failed === 0
        ? 'All rows that block a promotion pass.'
        : `${formatCount(blocking.failed, 'row')} that ${blocking.failed === 1 ? 'blocks' : 'block'} a promotion ${blocking.failed === 1 ? 'doesn’t' : 'don’t'} pass.`,
    ...(all.invalid > 0 ? [`${formatCount(all.invalid, 'row')} can’t be asked yet.`] : []),
    ...(checking ? ['Asking …'] : []),
  ];
  return parts.join(' ');
}
