import { type Command, part, text } from './command.ts';
import { Ending, EXIT } from './exit.ts';

type Ground = { id: string; asked_by: string; decisions: { verdict: string; by: string }[] } | null;
type Standing = {
  model: string;
  model_version: number;
  stage: string;
  since: string;
  until: string | null;
  by: string;
  reason: string;
  request: Ground;
};
type Record = { at: string; standings: Standing[]; more: boolean };
type Answered = {
  prediction: { request_id: string; at: string; label: string | null; deployment: string; arm: string };
  model: string;
  model_version: number;
  stage: string;
  run: { name: string; experiment: string } | null;
  data: { dataset: string; version: number }[];
  request: Ground;
};

/** What was in which stage at a moment; or who answered a prediction. */
export const whatwas: Command = {
  usage: ['whatwas [--at TIME] [--model MODEL] [--stage STAGE]', 'whatwas --prediction REQUEST_ID [--index N]'],
  words: [0],
  options: {
    at: { type: 'string' },
    model: { type: 'string' },
    stage: { type: 'string' },
    prediction: { type: 'string' },
    index: { type: 'string' },
  },
  async run(run) {
    const id = text(run, 'prediction');
    if (id !== undefined) {
      if (text(run, 'at') || text(run, 'model') || text(run, 'stage')) {
        throw new Ending(EXIT.usage, '--prediction stands alone: it names one answer.');
      }
      const found = await run.gateway.get<Answered>(`/v1/record/predictions/${part(id)}`, { index: text(run, 'index') });
      run.answer(found, linesOf(found));
      return EXIT.done;
    }
    const query = { at: momentOf(text(run, 'at')), model: text(run, 'model'), stage: text(run, 'stage') };
    const found = await run.gateway.get<Record>('/v1/record', query);
    const lines = found.standings.map(lineOf);
    run.answer(found, lines.length ? lines : [`At ${found.at} nothing was in any stage.`]);
    return EXIT.done;
  },
};

/** A day alone is its first moment, UTC; a time without a zone is UTC too, so that the answer is the same everywhere. */
function momentOf(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const zoned = /^\d{4}-\d{2}-\d{2}$|Z$|[+-]\d{2}:?\d{2}$/i.test(given) ? given : `${given}Z`;
  const at = new Date(zoned);
  if (!Number.isNaN(at.getTime())) return at.toISOString();
  throw new Ending(EXIT.usage, `${given} is no time. Give it as 2026-03-01 or 2026-03-01T12:30:00Z.`);
}

function lineOf(one: Standing): string {
  const until = one.until ? ` until ${one.until}` : '';
  return `${one.model} v${one.model_version} in ${one.stage} since ${one.since}${until}, by ${one.by}${wordOf(one.request)}: ${one.reason}`;
}

function linesOf({ prediction, model, model_version: number, stage, run, data, request }: Answered): string[] {
  return [
    `${prediction.request_id} at ${prediction.at}: ${prediction.label ?? 'no answer'}, by ${model} v${number} (${prediction.arm} of ${prediction.deployment}), then in ${stage}${wordOf(request)}`,
    ...(run ? [`trained by run ${run.name} of ${run.experiment}`] : []),
    ...data.map((one) => `on ${one.dataset} v${one.version}`),
  ];
}

function wordOf(ground: Ground): string {
  if (!ground) return '';
  const approved = ground.decisions.filter((one) => one.verdict === 'approve').map((one) => one.by);
  return approved.length
    ? ` (asked by ${ground.asked_by}, approved by ${approved.join(', ')})`
    : ` (asked by ${ground.asked_by})`;
}
