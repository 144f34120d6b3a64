'use client';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { RowsScreen } from '#components/behaviour/rows-screen.tsx';
import { ExplainRow } from '#components/explanations/explain-row.tsx';

/** The rows of a model, each with why its version answers so. */
export function RowsPage({ model }: { model: string }) {
  return (
    <RowsScreen
      model={model}
      explain={({ version, datasetVersionId, row }) => (
        <Why key={`${version} ${row}`} model={model} number={version} datasetVersionId={datasetVersionId} row={row} />
      )}
    />
  );
}

function Why(place: { model: string; number: number; datasetVersionId: string; row: number }) {
  const [open, setOpen] = useState(false);
  if (open) return <ExplainRow {...place} />;
  return (
    <div>
      <Button onClick={() => setOpen(true)}>Why v{place.number} says so</Button>
    </div>
  );
}
