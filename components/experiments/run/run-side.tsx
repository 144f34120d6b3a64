'use client';
import { useProject } from '#components/shell/project-context.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatBytes, shortHash } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import type { RunDetail } from '#server/features/experiments/runs.schema.ts';
import { launchPath, versionPath } from '../paths.ts';
import { sayDuration } from '../run-duration.ts';
import { paramKeys, paramName } from '../words.ts';

/** Where a run comes from, with which settings, in which environment, and what it left. */
export function RunSide({ run }: { run: RunDetail }) {
  const { name: project } = useProject();
  return (
    <>
      <Section title="This run">
        <Facts items={originOf(run, project)} />
      </Section>
      {run.registered.length > 0 && (
        <Section divided title="Registered as">
          {run.registered.map(({ model, number, stage }) => (
            <p key={`${model} ${number}`}>
              <Link className="link" href={`/${project}/models/${model}/${number}`}>
                {model} v{number}
              </Link>{' '}
              <StagePips stage={stage} word />
            </p>
          ))}
        </Section>
      )}
      <Section divided title="Parameters">
        <Facts
          items={paramKeys([run]).map((key) => ({
            term: paramName(key),
            value: <span className="mono">{run.params[key]}</span>,
          }))}
        />
      </Section>
      {run.notes.length > 0 && (
        <Section divided title="Notes of the trainer">
          {run.notes.map((note) => (
            <p key={note} className="ink-2">
              {note}
            </p>
          ))}
        </Section>
      )}
      {run.artifacts.length > 0 && (
        <Section divided title="Artifacts">
          {run.artifacts.map((artifact) => (
            <div key={artifact.path}>
              <span className="mono">{artifact.path}</span> <span className="ink-3">{formatBytes(artifact.size)}</span>
              <div className="caption">
                SHA-256 <span className="mono">{shortHash(artifact.key)}</span>{' '}
                <CopyButton value={artifact.key} label={`Copy the SHA-256 of ${artifact.path}`} />
              </div>
            </div>
          ))}
        </Section>
      )}
      {Object.keys(run.environment).length > 0 && (
        <Section divided title="Environment">
          <Facts
            items={Object.entries(run.environment).map(([term, value]) => ({
              term,
              value: <span className="mono">{value}</span>,
            }))}
          />
        </Section>
      )}
    </>
  );
}

function originOf(run: RunDetail, project: string) {
  const fields = run.features.map(({ name, kind }) => `${name} (${kind})`).join(', ');
  return [
    run.dataset !== null && {
      term: 'Data',
      value: (
        <Link className="link" href={versionPath(project, run.dataset)}>
          {run.dataset.name} v{run.dataset.number}
        </Link>
      ),
    },
    fields !== '' && { term: 'Learns from', value: fields },
    run.signature?.classes != null && { term: 'Says', value: run.signature.classes.join(', ') },
    run.launch !== null && {
      term: 'Launch',
      value: (
        <>
          <Link className="link" href={launchPath(project, run.experiment, run.launch.name)}>
            {run.launch.name}
          </Link>
          {run.launch.trial !== null && <span className="ink-3">, trial {run.launch.trial}</span>}
        </>
      ),
    },
    run.seed !== null && { term: 'Seed', value: run.seed },
    { term: 'Created', value: <DateTime at={run.createdAt} /> },
    run.createdBy !== null && { term: 'By', value: run.createdBy },
    run.startedAt !== null && { term: 'Started', value: <DateTime at={run.startedAt} form="clock" seconds /> },
    run.endedAt !== null && run.startedAt !== null && { term: 'Took', value: sayDuration(run) },
  ];
}
