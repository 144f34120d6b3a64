'use client';
import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Link } from '#components/ui/link.tsx';
import type { Suite, SuiteRunSummary } from '#server/features/evaluations/evaluations.schema.ts';
import s from './evaluations.module.css';

const SERVES = 'serves';
const NONE = 'none';

/** Starts a run of the suite on a version, against the one that serves or another. */
export function RunStart({ suite, underWay }: { suite: Suite; underWay: readonly SuiteRunSummary[] }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const queries = useQueryClient();
  const versions = suite.versions.filter((version) => !version.deleted);
  const [number, setNumber] = useState(String(versions[0]?.number ?? ''));
  const [against, setAgainst] = useState(SERVES);
  const [reason, setReason] = useState('');
  const start = useMutation(
    trpc.evaluations.start.mutationOptions({
      onSuccess: () => {
        setReason('');
        return queries.invalidateQueries(trpc.evaluations.pathFilter());
      },
    }),
  );
  if (versions.length === 0) {
    return (
      <EmptyState
        compact
        title={`${suite.model.name} has no version to evaluate.`}
        explanation="Register one from a finished run or an ONNX file; its suite is ready with defaults."
        action={
          <Button component={Link} href={`/${project}/models/new?model=${encodeURIComponent(suite.model.name)}`} variant="filled">
            Register a version…
          </Button>
        }
      />
    );
  }
  const busy = underWay.some((run) => String(run.version.number) === number);
  const others = versions.filter((version) => String(version.number) !== number);
  const incumbent = against === SERVES ? {} : { incumbent: against === NONE ? null : Number(against) };
  return (
    <>
      <div className={s.run}>
        <Select
          label="Version"
          w={180}
          allowDeselect={false}
          value={number}
          onChange={(value) => setNumber(value ?? number)}
          data={versions.map((version) => ({ value: String(version.number), label: `v${version.number}, ${version.stage}` }))}
        />
        <Select
          label="Against"
          w={200}
          allowDeselect={false}
          value={against}
          onChange={(value) => setAgainst(value ?? SERVES)}
          data={[
            { value: SERVES, label: 'what serves now' },
            { value: NONE, label: 'nothing' },
            ...others.map((version) => ({ value: String(version.number), label: `v${version.number}, ${version.stage}` })),
          ]}
        />
        <TextInput
          className={s.reason}
          label="Why (optional)"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
        />
        <Button
          variant="filled"
          loading={start.isPending}
          disabled={busy}
          onClick={() => start.mutate({ project, model: suite.model.name, number: Number(number), reason, ...incumbent })}
        >
          Run the suite
        </Button>
        {busy && <span className="caption">v{number} is being evaluated now.</span>}
      </div>
      {start.error && (
        <div className={s.pad}>
          <ErrorLine error={start.error} />
        </div>
      )}
    </>
  );
}
