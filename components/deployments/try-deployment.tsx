'use client';
import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { FieldsForm, type FieldValue } from '#components/ui/fields-form.tsx';
import { formatDuration, formatNumber } from '#components/ui/format.ts';
import type { DeploymentDetail } from '#server/features/deployments/deployments.schema.ts';
import s from './deployments.module.css';

/** One input, answered by the version that answers now. */
export function TryDeployment({ deployment, number }: { deployment: DeploymentDetail; number: number }) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [values, setValues] = useState<Record<string, FieldValue>>(deployment.example.instance);
  const attempt = useMutation(trpc.models.tryInput.mutationOptions());
  if (!deployment.signature) return null;
  return (
    <form
      className={s.form}
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate({ project, model: deployment.model, number, instance: values });
      }}
    >
      <Stack gap={12}>
        <FieldsForm fields={deployment.signature.fields} values={values} onChange={setValues} />
        <div>
          <Button type="submit" loading={attempt.isPending}>
            Try this input
          </Button>
        </div>
        {attempt.error && <ErrorLine error={attempt.error} />}
        {attempt.data && (
          <p aria-live="polite">
            <strong>{attempt.data.label}</strong>
            <span className="ink-2 num">
              {' '}
              with probability {formatNumber(attempt.data.confidence, 3)}, in {formatDuration(attempt.data.milliseconds)}
            </span>
          </p>
        )}
      </Stack>
    </form>
  );
}
