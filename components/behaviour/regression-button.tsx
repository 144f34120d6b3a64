'use client';
import { Button, Group, Popover, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Link } from '#components/ui/link.tsx';

/** Makes a logged prediction a regression case of its model: with one click where its outcome is known, else with what should have been said. */
export function RegressionButton({
  predictionId,
  model,
  outcome,
}: {
  predictionId: string;
  model: string;
  outcome: string | null;
}) {
  const trpc = useTRPC();
  const { name: project } = useProject();
  const queries = useQueryClient();
  const known = useQuery(trpc.behaviour.regressionOf.queryOptions({ project, predictionId }));
  const [asking, setAsking] = useState(false);
  const [expected, setExpected] = useState('');
  const add = useMutation(
    trpc.behaviour.addRegression.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        void queries.invalidateQueries({ queryKey: trpc.behaviour.pathKey() });
      },
    }),
  );
  if (!known.data) return null;
  const { test, classes, mayWrite } = known.data;
  if (test) {
    return (
      <Button component={Link} href={`/${project}/models/${encodeURIComponent(model)}/behaviour?show=regression`}>
        Regression case: expects {test.expect}
      </Button>
    );
  }
  if (!mayWrite) return null;
  const make = (answer: string | null) => add.mutate({ project, predictionId, expected: answer });
  if (outcome !== null) {
    return (
      <>
        <Button loading={add.isPending} onClick={() => make(null)} title={`From now on every version must say ${outcome}`}>
          Make a regression case
        </Button>
        {add.error && <ErrorLine error={add.error} />}
      </>
    );
  }
  return (
    <Popover opened={asking} onChange={setAsking} width={280} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button onClick={() => setAsking(!asking)} aria-expanded={asking}>
          Make a regression case…
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (expected.trim() !== '') make(expected.trim());
          }}
        >
          <Stack gap={12}>
            {classes ? (
              <Select
                label="What should it have said?"
                data={classes}
                value={expected || null}
                onChange={(value) => setExpected(value ?? '')}
                comboboxProps={{ withinPortal: false }}
              />
            ) : (
              <TextInput
                label="Between which figures?"
                placeholder="10..14"
                value={expected}
                onChange={(event) => setExpected(event.currentTarget.value)}
              />
            )}
            {add.error && <ErrorLine error={add.error} />}
            <Group justify="flex-end">
              <Button type="submit" variant="filled" loading={add.isPending} disabled={expected.trim() === ''}>
                Make the case
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
