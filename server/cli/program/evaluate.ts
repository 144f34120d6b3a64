import { type Command, part, text } from './command.ts';
import { EXIT } from './exit.ts';
import { versionOf } from './version.ts';
import { waitFor } from './wait.ts';

type Fact = { path: string; estimate: number | null; lower: number | null; upper: number | null };
type Evaluation = {
  id: string;
  model: string;
  version: number;
  status: 'queued' | 'running' | 'done' | 'failed';
  error: string | null;
  figures: Fact[];
  sections: { section: string; facts: Fact[]; problems: string[] }[];
};

/** Runs the evaluation suite of a model on a version; with --wait it ends when the figures are there. */
export const evaluate: Command = {
  usage: ['evaluate MODEL VERSION [--reason TEXT] [--wait [--timeout 30m]]'],
  words: [2],
  options: { reason: { type: 'string' }, wait: { type: 'boolean' } },
  async run(run) {
    const [model = '', number] = run.words;
    const place = `/v1/models/${part(model)}/versions/${versionOf(number)}/evaluations`;
    const { id } = await run.gateway.post<{ id: string }>(place, { reason: text(run, 'reason') });
    const look = () => run.gateway.get<Evaluation>(`/v1/evaluations/${part(id)}`);
    const seen = run.options.wait
      ? await waitFor(look, ({ status }) => status === 'done' || status === 'failed', {
          timeoutMs: run.timeoutMs,
          signal: run.signal,
        })
      : await look();
    run.answer(seen, [`${seen.model} v${seen.version}, evaluation ${id}: ${seen.status}.`, ...linesOf(seen)]);
    return seen.status === 'failed' ? EXIT.refused : EXIT.done;
  },
};

/** The figures that count most, and every problem; `--json` has all of it. */
function linesOf({ error, figures, sections }: Evaluation): string[] {
  const shown = figures.map(({ path, estimate, lower, upper }) => {
    const interval = lower === null || upper === null ? '' : ` (${figure(lower)} to ${figure(upper)})`;
    return `  ${path} ${figure(estimate)}${interval}`;
  });
  const problems = sections.flatMap((one) => one.problems.map((problem) => `${one.section}: ${problem}`));
  return [...(error ? [error] : []), ...shown, ...problems];
}

function figure(value: number | null): string {
  return value === null ? 'unknown' : String(Math.round(value * 10_000) / 10_000);
}
