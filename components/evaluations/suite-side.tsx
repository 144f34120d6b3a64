'use client';
import { Button, Drawer } from '@mantine/core';
import { useState } from 'react';
import { DateTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { formatNumber, formatPercent } from '#components/ui/format.ts';
import { metricName } from '#server/domain/metrics/paths.ts';
import type { Suite } from '#server/features/evaluations/evaluations.schema.ts';
import { GoldLocks } from './gold-locks.tsx';
import { SuiteEditor } from './suite-editor.tsx';
import { SECTION_NAMES } from './suite-words.ts';

const TASKS = {
  classification: 'one class a row',
  multilabel: 'several labels a row',
  regression: 'a number a row',
  ranking: 'an order within each query',
};
/** The suite in words, the locks on its gold rows, and the way to change both. */
export function SuiteSide({ suite }: { suite: Suite }) {
  const [open, setOpen] = useState(false);
  const { settings, may } = suite;
  const off = SECTION_NAMES.filter(({ name }) => settings.sections[name]?.on === false);
  const gold = settings.gold.map((part) =>
    suite.gold.find((choice) => choice.datasetVersionId === part.datasetVersionId && choice.split === part.split),
  );
  return (
    <>
      <Facts
        items={[
          { term: 'Answers', value: TASKS[suite.task] },
          {
            term: 'Gold rows',
            value:
              gold.length === 0
                ? 'the part test of what each version learned from'
                : gold.map((choice, i) => (
                    <div key={choice ? `${choice.datasetVersionId} ${choice.split}` : i}>
                      {choice
                        ? `${choice.dataset} v${choice.number}${choice.split ? `, ${choice.split}` : ''}`
                        : 'a part that is gone'}
                    </div>
                  )),
          },
          { term: 'True is', value: settings.target ?? 'the label column' },
          {
            term: 'Slices',
            value:
              settings.slices === null
                ? `every column, from ${settings.minSliceRows} rows on`
                : settings.slices.join(', ') || 'none',
          },
          {
            term: 'Tested',
            value:
              settings.metrics === null ? 'the brief’s figures and the usual ones' : settings.metrics.map(metricName).join(', '),
          },
          { term: 'Intervals', value: `${formatPercent(settings.confidence)}, ${formatNumber(settings.draws)} draws` },
          off.length > 0 && { term: 'Left out', value: off.map(({ label }) => label.toLowerCase()).join(', ') },
          suite.updatedAt !== null && {
            term: 'Changed',
            value: (
              <>
                by {suite.updatedByName}, <DateTime at={suite.updatedAt} />
              </>
            ),
          },
        ]}
      />
      {may.edit && (
        <Button mt={12} onClick={() => setOpen(true)}>
          Change what is measured…
        </Button>
      )}
      <GoldLocks suite={suite} />
      <Drawer
        opened={open}
        onClose={() => setOpen(false)}
        position="right"
        size={480}
        title={`What ${suite.model.name} is measured on`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <SuiteEditor key={suite.version} suite={suite} onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}
