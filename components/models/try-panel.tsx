'use client';
import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { FieldsForm, type FieldValue } from '#components/ui/fields-form.tsx';
import { formatDuration, formatNumber } from '#components/ui/format.ts';
import { Bar } from '#components/ui/progress.tsx';
import type { VersionDetail } from '#server/features/models/version-detail.schema.ts';
import s from './models.module.css';

/** Tries one input on a version, beside all deployments: nothing is logged. */
export function TryPanel({
  version,
  explain,
}: {
  version: VersionDetail;
  explain?: ((instance: Record<string, FieldValue>) => ReactNode) | undefined;
}) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const [values, setValues] = useState<Record<string, FieldValue>>(version.example);
  const attempt = useMutation(trpc.models.tryInput.mutationOptions());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate({ project, model: version.model, number: version.number, instance: values });
      }}
    >
      <Stack gap={12}>
        <FieldsForm fields={version.signature.fields} values={values} onChange={setValues} />
        <div>
          <Button type="submit" loading={attempt.isPending}>
            Try this input
          </Button>
        </div>
        {attempt.error && <ErrorLine error={attempt.error} />}
        {attempt.data && (
          <div aria-live="polite">
            <p>
              v{version.number} says <strong>{attempt.data.label}</strong>
              <span className="ink-3 num"> in {formatDuration(attempt.data.milliseconds)}</span>
            </p>
            <ul className={s.scores}>
              {attempt.data.probabilities.slice(0, 10).map(({ label, probability }) => (
                <li key={label}>
                  <span className="truncate">{label}</span>
                  <Bar
                    share={probability}
                    label={`Probability of ${label}`}
                    tone={label === attempt.data.label ? 'accent' : 'quiet'}
                  />
                  <span className="num">{formatNumber(probability, 3)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {attempt.data && attempt.variables && explain?.(attempt.variables.instance)}
      </Stack>
    </form>
  );
}
