import type { MonitorSettings } from '#server/features/monitoring/monitors.schema.ts';

export type LimitKey = 'psi' | 'jensenShannon' | 'accuracyDrop';
export type LimitWords = { key: LimitKey; title: string; what: string; source: string; step: number };

/** What each limit measures, and where its usual value comes from. */
export const LIMITS: LimitWords[] = [
  {
    key: 'psi',
    title: 'Population stability index (PSI)',
    what: 'How far the shares of the bins moved from training.',
    source:
      'Usual: 0.1 and 0.2. N. Siddiqi, Credit Risk Scorecards (2006): below 0.1 no shift, to 0.2 a moderate one, above a large one.',
    step: 0.05,
  },
  {
    key: 'jensenShannon',
    title: 'Jensen-Shannon distance',
    what: 'From 0, the same distribution, to 1, nothing in common.',
    source: 'Usual: 0.1, the default of the Evidently library, and twice that.',
    step: 0.05,
  },
  {
    key: 'accuracyDrop',
    title: 'Fall of accuracy',
    what: 'Below the accuracy on the test rows; 0.05 is five answers of 100.',
    source: 'Judged by the whole 95 % interval, so that a few outcomes raise no alarm.',
    step: 0.01,
  },
];

/** How the states come about, in one sentence. */
export function ruleInWords(settings: MonitorSettings): string {
  return `A subject drifts when its PSI reaches ${settings.psi.drift} and its Jensen-Shannon distance ${settings.jensenShannon.drift}, possibly when one of them reaches ${settings.psi.possible} or ${settings.jensenShannon.possible}; never while the PSI lies within what two samples of these sizes show by chance (95 of 100 pairs; Yurdakul and Naranjo 2020), nor under ${settings.minRows} requests a ${settings.window}.`;
}
