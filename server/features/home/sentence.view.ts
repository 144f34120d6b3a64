import type { Served } from './home.schema.ts';

const WORST = ['drift', 'possible', 'no', 'unknown'] as const;

/** The sentence at the top of the first page, and what follows from it. */
export function overallSentence(served: readonly Served[]): { sentence: string; consequence: string } {
  const serving = served.filter((one) => one.version !== null);
  if (serving.length === 0)
    return { sentence: 'Nothing is being served yet.', consequence: 'The journey to a first deployment is below.' };
  const worst = WORST.flatMap((state) => serving.filter((one) => one.state === state))[0];
  if (!worst) return { sentence: 'Nothing is being served yet.', consequence: '' };
  const subject = `${worst.deployment} v${worst.version}`;
  if (worst.state === 'drift') return { sentence: driftSentence(worst), consequence: worst.explanation };
  if (worst.state === 'possible') {
    return {
      sentence: `${subject} works; what it sees may be changing: ${lowerFirst(worst.sentence)}`,
      consequence: worst.explanation,
    };
  }
  if (worst.state === 'no') {
    const all =
      serving.length === 1
        ? `${subject} works as it did when it was tested.`
        : `All ${serving.length} deployments work as they did when they were tested.`;
    return { sentence: all, consequence: worst.explanation };
  }
  const unwatched = worst.monitor === null;
  return {
    sentence: `${subject} is answering. ${unwatched ? 'Nobody watches it yet.' : 'There are too few requests yet to say how it does.'}`,
    consequence: unwatched ? 'A monitor would tell when what it sees changes.' : worst.explanation,
  };
}

/** Whether it still works comes first, where the outcomes tell. */
function driftSentence({ deployment, accuracyState, sentence }: Served): string {
  if (accuracyState === 'drift') return `${deployment} is right less often than when it was tested: ${lowerFirst(sentence)}`;
  if (accuracyState === 'no') return `${deployment} works, but what it sees has changed: ${lowerFirst(sentence)}`;
  return `What ${deployment} sees has changed: ${lowerFirst(sentence)}`;
}

function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
