import { formatCount } from '#components/ui/format.ts';
import type { ChainState } from '#server/features/audit/chain.schema.ts';

type Words = { dayTime: (at: Date) => string; ago: (at: Date) => string };

/** How the chain stands, in one sentence. What was never checked isn't called unbroken. */
export function chainSentence(state: ChainState, words: Words): string {
  const { last } = state;
  if (state.sealed === 0 && state.unsealed === 0) return 'Nothing is recorded yet.';
  const entries = formatCount(state.sealed, 'entry', 'entries');
  const parts = [
    last?.status === 'intact'
      ? `${entries}, unbroken`
      : last?.status === 'tampered'
        ? `${entries}, broken in ${formatCount(last.problemCount, 'place')}`
        : `${entries}, not checked yet`,
    state.sealedAt ? `last sealed ${words.ago(state.sealedAt)}` : null,
    state.head ? `last signed head ${words.dayTime(state.head.at)}` : 'no head signed yet',
    last?.endedAt && last.status !== 'failed' ? `verified ${words.dayTime(last.endedAt)}` : null,
  ];
  return `${parts.filter((part) => part !== null).join(', ')}.`;
}

/** What the sentence leaves out, where there is something. */
export function chainNote(state: ChainState): string | null {
  const notes = [
    state.unsealed > 0 ? `${formatCount(state.unsealed, 'entry waits', 'entries wait')} for a place in the chain.` : null,
    state.last?.status === 'failed' ? `The last check did not come to an end: ${state.last.error ?? 'unknown'}` : null,
    state.protected
      ? null
      : 'The database lets this application change the record. Changes would be found; docs/record.md says how to rule them out.',
  ].filter((note) => note !== null);
  return notes.length > 0 ? notes.join(' ') : null;
}
