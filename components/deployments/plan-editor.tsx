'use client';
import { Button, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatDuration, formatNumber, formatPercent } from '#components/ui/format.ts';
import type { DeploymentDetail } from '#server/features/deployments/deployments.schema.ts';
import { planErrors } from './plan-errors.ts';
import { PlanFields } from './plan-fields.tsx';

/** How the next version takes over: shown, and changed by those who may. */
export function PlanEditor({ deployment }: { deployment: DeploymentDetail }) {
  const project = useProject();
  const [opened, modal] = useDisclosure(false);
  const { steps, limits } = deployment.plan;
  return (
    <section>
      <h2>How the next version takes over</h2>
      <Facts
        items={[
          ...steps.map((step, index) => ({
            term: `Step ${index + 1}`,
            value: `${formatPercent(step.weight, 0)}, after ${formatNumber(step.minRequests)} requests and ${formatNumber(step.minOutcomes)} outcomes, held ${formatDuration(step.holdSeconds * 1000)}`,
          })),
          { term: 'Failed', value: `at most ${formatNumber(limits.errorRate * 100, 1)} points more` },
          { term: 'Latency p95', value: `at most ${formatNumber(limits.latencyMs, 0)} ms more` },
          { term: 'Accuracy', value: `at most ${formatNumber(limits.accuracy * 100, 1)} points less` },
        ]}
      />
      {project.can('deployment:write') && (
        <Button mt={12} onClick={modal.open}>
          Change steps and limits…
        </Button>
      )}
      <Modal
        opened={opened}
        onClose={modal.close}
        size={640}
        title="How does the next version take over?"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Form deployment={deployment} onDone={modal.close} />
      </Modal>
    </section>
  );
}

function Form({ deployment, onDone }: { deployment: DeploymentDetail; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const [plan, setPlan] = useState(deployment.plan);
  const save = useMutation(
    trpc.deployments.updatePlan.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.deployments.pathFilter());
        onDone();
      },
    }),
  );
  const errors = planErrors(plan);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ project, deployment: deployment.name, expectedVersion: deployment.version, plan });
      }}
    >
      <Stack gap={16}>
        <PlanFields plan={plan} errors={errors} onChange={setPlan} />
        {save.error && <ErrorLine error={save.error} />}
        <div>
          <Button type="submit" variant="filled" disabled={Object.keys(errors).length > 0} loading={save.isPending}>
            Save the plan
          </Button>
        </div>
      </Stack>
    </form>
  );
}
