import { formatBytes, formatNumber } from '#components/ui/format.ts';
import { Section } from '#components/ui/screen.tsx';
import { Sentence } from '#components/ui/sentence.tsx';
import type { EvidenceSection } from '#server/domain/evidence/section.schema.ts';
import { type OperationData, operationDataSchema } from '#server/domain/suite/sections.schema.ts';
import s from './evaluations.module.css';
import { SectionData } from './section-problems.tsx';

type Side = OperationData['candidate'];

/** How fast the graph answers one row and batches, and how large it is, against the budgets of the brief. */
export function OperationSection({ section }: { section: EvidenceSection }) {
  return (
    <Section
      padded
      divided
      title="Speed and size"
      caption="the graph itself, in the inference process, after a warm-up; without the way over the network"
    >
      <SectionData section={section} schema={operationDataSchema}>
        {(data) => (
          <>
            <Sentence>{data.sentence}</Sentence>
            <div className={s.after}>
              <Timings data={data} />
            </div>
          </>
        )}
      </SectionData>
    </Section>
  );
}

function Timings({ data }: { data: OperationData }) {
  const { candidate, incumbent, budgets, within } = data;
  const sides = [...(incumbent ? [incumbent] : []), candidate];
  return (
    <table className={s.table} aria-label="Times and size">
      <thead>
        <tr>
          <th scope="col">Version</th>
          <th scope="col">runs</th>
          <th scope="col">half within, ms</th>
          <th scope="col">95 % within, ms</th>
          <th scope="col">99 % within, ms</th>
          <th scope="col">a row, ms</th>
          <th scope="col">size</th>
        </tr>
      </thead>
      <tbody>
        {sides.flatMap((side) =>
          side.timings.map((timing) => (
            <Row key={`${side.number} ${timing.size}`} side={side} timing={timing} judged={side === candidate ? within : null} />
          )),
        )}
      </tbody>
      {(budgets.latencyP99Ms !== null || budgets.sizeBytes !== null) && (
        <tfoot>
          <tr>
            <th scope="row">budget of the project</th>
            <td />
            <td />
            <td />
            <td>{budgets.latencyP99Ms === null ? '–' : formatNumber(budgets.latencyP99Ms, 2)}</td>
            <td />
            <td>{budgets.sizeBytes === null ? '–' : formatBytes(budgets.sizeBytes)}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function Row({ side, timing, judged }: { side: Side; timing: Side['timings'][number]; judged: OperationData['within'] | null }) {
  const single = timing.size === 1;
  const over = single && judged?.latency === false;
  const ends = (one: { lower: number | null; upper: number | null }) =>
    one.lower === null || one.upper === null
      ? ''
      : `95 % interval ${formatNumber(one.lower, 2)} to ${formatNumber(one.upper, 2)} ms`;
  return (
    <tr>
      <th scope="row">
        v{side.number}, {single ? 'one row' : `${timing.size} rows`}
      </th>
      <td className="ink-2">{formatNumber(timing.runs)}</td>
      <td title={ends(timing.p50)}>{formatNumber(timing.p50.estimate, 2)}</td>
      <td title={ends(timing.p95)}>{formatNumber(timing.p95.estimate, 2)}</td>
      <td title={ends(timing.p99)} className={over ? 'bad strong' : 'strong'}>
        {formatNumber(timing.p99.estimate, 2)}
        {over ? ' ✕' : ''}
      </td>
      <td className="ink-2">{formatNumber(timing.p50.estimate / timing.size, 3)}</td>
      <td className={single && judged?.size === false ? 'bad' : 'ink-2'}>{single ? formatBytes(side.sizeBytes) : ''}</td>
    </tr>
  );
}
