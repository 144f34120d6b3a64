import { type Command, part, type Run, text } from './command.ts';
import { Ending, EXIT } from './exit.ts';
import { waitFor } from './wait.ts';

type Rollout = {
  number: number;
  status: 'running' | 'paused' | 'completed' | 'rolled_back';
  baseline_version: number;
  candidate_version: number;
  step: number;
  steps: number;
  weight: number;
  end_reason: string | null;
};
type Deployment = { name: string; model: string; version: number | null; rollout: Rollout | null; rollouts: Rollout[] };
type Detail = Rollout & { deployment: string; now: { sentence: string } | null };

const ACTS = ['status', 'pause', 'resume', 'rollback'];

/** Looks at the rollout of a deployment, or steps into it. */
export const rollout: Command = {
  usage: ['rollout status|pause|resume|rollback DEPLOYMENT [--reason TEXT] [--wait [--timeout 2h]]'],
  words: [2],
  options: { reason: { type: 'string' }, wait: { type: 'boolean' } },
  async run(run) {
    const [act = '', deployment = ''] = run.words;
    if (!ACTS.includes(act)) throw new Ending(EXIT.usage, `rollout takes ${ACTS.join(', ')}; not ${act}.`);
    const found = await run.gateway.get<Deployment>(`/v1/deployments/${part(deployment)}`);
    const newest = found.rollout ?? found.rollouts[0] ?? null;
    if (act === 'status') return status(run, found, newest);
    if (!found.rollout)
      throw new Ending(EXIT.refused, `Nothing is being rolled out on ${deployment}, so there is nothing to ${act}.`);
    const place = `/v1/deployments/${part(deployment)}/rollouts/${found.rollout.number}`;
    await run.gateway.post(`${place}/${act}`, act === 'rollback' ? { reason: text(run, 'reason') } : {});
    const detail = run.options.wait && act === 'resume' ? await untilEnd(run, place) : await run.gateway.get<Detail>(place);
    run.answer(detail, [sentenceOf(detail)]);
    return act === 'resume' && run.options.wait ? codeOf(detail) : EXIT.done;
  },
};

async function status(run: Run, found: Deployment, newest: Rollout | null): Promise<number> {
  if (!newest) {
    run.answer(found, [`${found.name} answers with v${found.version ?? '?'} of ${found.model}; nothing was rolled out yet.`]);
    return EXIT.done;
  }
  const place = `/v1/deployments/${part(found.name)}/rollouts/${newest.number}`;
  const detail = run.options.wait ? await untilEnd(run, place) : await run.gateway.get<Detail>(place);
  run.answer(detail, [sentenceOf(detail), ...(detail.now ? [detail.now.sentence] : [])]);
  return codeOf(detail);
}

async function untilEnd(run: Run, place: string): Promise<Detail> {
  let told = '';
  return waitFor(
    async () => {
      const seen = await run.gateway.get<Detail>(place);
      const now = sentenceOf(seen);
      if (now !== told) run.tell(now);
      told = now;
      return seen;
    },
    (seen) => seen.status === 'completed' || seen.status === 'rolled_back',
    { timeoutMs: run.timeoutMs, signal: run.signal },
  );
}

function codeOf({ status }: Rollout): number {
  return status === 'rolled_back' ? EXIT.refused : EXIT.done;
}

function sentenceOf(one: Detail): string {
  const what = `${one.deployment}, rollout ${one.number} of v${one.candidate_version}`;
  if (one.status === 'completed') return `${what}: completed; v${one.candidate_version} answers everything.`;
  if (one.status === 'rolled_back')
    return `${what}: rolled back; v${one.baseline_version} answers everything. ${one.end_reason ?? ''}`.trim();
  return `${what}: ${one.status}, step ${one.step + 1} of ${one.steps}, ${Math.round(one.weight * 1000) / 10} % of requests.`;
}
