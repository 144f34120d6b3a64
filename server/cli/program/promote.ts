import { type Command, part, type Run, text } from './command.ts';
import { Ending, EXIT } from './exit.ts';
import { Refusal } from './gateway-client.ts';
import { versionOf } from './version.ts';
import { waitFor } from './wait.ts';

type Status = 'preparing' | 'pending' | 'changes' | 'approved' | 'refused' | 'withdrawn' | 'expired' | 'completed' | 'failed';
type Request = {
  id: string;
  model: string;
  version: number;
  stage: string;
  status: Status;
  error: string | null;
  path: string;
  waits_for: string[];
  approvals: { given: number; needed: number };
  decisions: { verdict: string; by: string; reason: string; counts: boolean }[];
  evidence: { gates: { title: string; passed: boolean; blocking: boolean; sentence: string }[] } | null;
};

const GOOD: readonly Status[] = ['approved', 'completed'];
const BAD: readonly Status[] = ['refused', 'withdrawn', 'expired', 'failed'];
const UNTIL = ['approved', 'completed'];

/** Asks for a promotion; with --wait it ends when people have decided. */
export const promote: Command = {
  usage: [
    'promote MODEL VERSION --to STAGE --reason TEXT [--deployment NAME] [--emergency WHY]',
    '        [--wait [--until approved|completed] [--timeout 2h]]',
  ],
  words: [2],
  options: {
    to: { type: 'string' },
    reason: { type: 'string' },
    deployment: { type: 'string' },
    emergency: { type: 'string' },
    wait: { type: 'boolean' },
    until: { type: 'string' },
  },
  async run(run) {
    const [model = '', number] = run.words;
    const [stage, reason] = [text(run, 'to'), text(run, 'reason')];
    if (!stage || !reason) throw new Ending(EXIT.usage, 'Say where to, and why: --to STAGE --reason TEXT.');
    const until = text(run, 'until') ?? 'approved';
    if (!UNTIL.includes(until)) throw new Ending(EXIT.usage, '--until takes approved or completed.');
    const wish = {
      version: versionOf(number),
      stage,
      reason,
      deployment: text(run, 'deployment'),
      emergency: text(run, 'emergency'),
    };
    const id = await ask(run, model, wish);
    const look = () => run.gateway.get<Request>(`/v1/promotions/${part(id)}`);
    if (!run.options.wait) {
      const request = await look();
      run.answer(request, [`Asked: ${named(request)}.`, `Request ${id} is ${request.status}. People decide at ${request.path}`]);
      return EXIT.done;
    }
    let told = '';
    const request = await waitFor(
      async () => {
        const seen = await look();
        const now = sentenceOf(seen);
        if (now !== told) run.tell(now);
        told = now;
        return seen;
      },
      ({ status }) => BAD.includes(status) || (until === 'completed' ? status === 'completed' : GOOD.includes(status)),
      { timeoutMs: run.timeoutMs, signal: run.signal },
    );
    run.answer(request, [sentenceOf(request), ...reasonsOf(request)]);
    return GOOD.includes(request.status) ? EXIT.done : EXIT.refused;
  },
};

/** The id of the request. With --wait one for the same stage that is open already is waited for, so that a pipeline may run twice. */
async function ask(run: Run, model: string, wish: { version: number; stage: string }): Promise<string> {
  try {
    return (await run.gateway.post<{ id: string }>(`/v1/models/${part(model)}/promotions`, wish)).id;
  } catch (error) {
    const open = error instanceof Refusal && error.reason === 'CONFLICT' ? error.details.requestId : undefined;
    if (typeof open !== 'string' || !run.options.wait) throw error;
    const request = await run.gateway.get<Request>(`/v1/promotions/${part(open)}`);
    if (request.stage !== wish.stage) throw error;
    run.tell(`It was asked for already: request ${open}.`);
    return open;
  }
}

function named({ model, version, stage }: Request): string {
  return `${model} v${version} to ${stage}`;
}

function sentenceOf(request: Request): string {
  const { approvals, waits_for: people } = request;
  switch (request.status) {
    case 'preparing':
      return `${named(request)}: the evidence is being prepared.`;
    case 'pending':
      return `${named(request)}: ${approvals.given} of ${approvals.needed} approvals${people.length ? `, waits for ${people.join(', ')}` : ''}. ${request.path}`;
    case 'changes':
      return `${named(request)}: changes are wished. ${request.path}`;
    case 'approved':
      return `${named(request)}: approved.`;
    case 'completed':
      return `${named(request)}: approved, and done.`;
    default:
      return `${named(request)}: ${request.status}.`;
  }
}

function reasonsOf(request: Request): string[] {
  const failed = request.evidence?.gates.filter((gate) => !gate.passed && gate.blocking) ?? [];
  return [
    ...(request.error ? [request.error] : []),
    ...(GOOD.includes(request.status) ? [] : failed.map((gate) => `gate ${gate.title}: ${gate.sentence}`)),
    ...request.decisions.filter((one) => one.counts).map((one) => `${one.by}, ${one.verdict}: ${one.reason}`),
  ];
}
