'use client';
import { Button, Checkbox, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { isServing, targetsFrom, titleOf } from '#server/domain/stages.ts';
import type { VersionDetail } from '#server/features/models/version-detail.schema.ts';
import { DatasetChoice } from './dataset-choice.tsx';
import { ruleWords } from './rule-words.ts';

const OTHER = ' other';

/** Asks to move a version up: whereto, judged on which rows, and why. */
export function RequestForm({ version }: { version: VersionDetail }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { name: project, stages } = useProject();
  const targets = targetsFrom(stages, version.stage);
  const deployments = useQuery(trpc.deployments.list.queryOptions({ project }));
  const names = (deployments.data ?? []).filter(({ model }) => model === version.model).map(({ name }) => name);
  const form = useForm({
    initialValues: {
      target: targets[0]?.name ?? '',
      part: version.parts.find((part) => part.split === 'test')?.split ?? version.parts[0]?.split ?? OTHER,
      otherVersionId: '',
      otherPart: 'test',
      deployment: '',
      reason: '',
      emergency: '',
      urgent: false,
    },
    validate: {
      otherVersionId: (value, { part }) => (part === OTHER && !value ? 'Choose a dataset version.' : null),
      reason: (value) => (value.trim().length < 3 ? 'Say why. It is kept for ever.' : null),
      emergency: (value, { urgent }) => (urgent && value.trim().length < 3 ? 'Say why it can’t wait.' : null),
    },
  });
  const title = titleOf(stages, form.values.target);
  const rules = useQuery(trpc.promotions.rules.queryOptions({ project, model: version.model }));
  const rule = rules.data?.find(({ stage }) => stage === form.values.target)?.rule;
  const ask = useMutation(
    trpc.promotions.request.mutationOptions({
      onSuccess: ({ id }) => {
        void queries.invalidateQueries(trpc.models.pathFilter());
        router.push(`/${project}/models/requests/${id}`);
      },
    }),
  );
  const submit = form.onSubmit(({ target, part, deployment, reason, otherVersionId, otherPart, urgent, emergency }) => {
    const other = { datasetVersionId: otherVersionId, split: otherPart };
    const chosen = part === OTHER ? other : version.parts.find(({ split }) => split === part);
    ask.mutate({
      project,
      model: version.model,
      number: version.number,
      target,
      reason,
      ...(chosen ? { evaluation: { datasetVersionId: chosen.datasetVersionId, split: chosen.split } } : {}),
      ...(deployment && isServing(stages, target) ? { deployment } : {}),
      ...(urgent && rule?.emergency.allowed ? { emergency } : {}),
    });
  });
  return (
    <form onSubmit={submit}>
      <Stack gap={12}>
        {targets.length > 1 && (
          <SegmentedControl
            aria-label="Whereto"
            data={targets.map(({ name, title }) => ({ value: name, label: `To ${title}` }))}
            {...form.getInputProps('target')}
          />
        )}
        <p className="caption">
          {rule?.needed === 0
            ? `${title} is reached by itself when every gate passes.`
            : `${title} needs every gate that blocks.${rule ? ` ${ruleWords({ ...rule, emergency: { ...rule.emergency, allowed: false } })}` : ''}`}
        </p>
        <Select
          label="Judged on"
          allowDeselect={false}
          description="Rows on which neither version was trained"
          data={[
            ...version.parts.map((part) => ({
              value: part.split,
              label: `${part.dataset} v${part.number}, ${part.split} (${formatCount(part.rows, 'row')})`,
            })),
            { value: OTHER, label: 'Another dataset version…' },
          ]}
          {...form.getInputProps('part')}
        />
        {form.values.part === OTHER && (
          <>
            <DatasetChoice
              label="Dataset version"
              value={form.values.otherVersionId}
              onChange={(value) => form.setFieldValue('otherVersionId', value)}
            />
            {form.errors.otherVersionId && <p className="bad caption">{form.errors.otherVersionId}</p>}
            <TextInput label="Part" {...form.getInputProps('otherPart')} />
          </>
        )}
        {isServing(stages, form.values.target) && names.length > 1 && (
          <Select label="For the deployment" data={names} required {...form.getInputProps('deployment')} />
        )}
        <Textarea label="Reason" description="Required, kept for ever" autosize minRows={3} {...form.getInputProps('reason')} />
        {rule?.emergency.allowed && (
          <Checkbox
            label="This is an emergency"
            description={`One other person decides, failed gates are named, and it is reviewed within ${rule.emergency.reviewDays} days.`}
            {...form.getInputProps('urgent', { type: 'checkbox' })}
          />
        )}
        {rule?.emergency.allowed && form.values.urgent && (
          <Textarea label="Why it can’t wait" autosize minRows={2} {...form.getInputProps('emergency')} />
        )}
        {ask.error && <ErrorLine error={ask.error} />}
        <div>
          <Button type="submit" variant="filled" loading={ask.isPending}>
            Ask for {title}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
