'use client';
import { RegressionButton } from '#components/behaviour/regression-button.tsx';
import { PredictionScreen } from '#components/predictions/prediction-screen.tsx';

/** One prediction, and what can be made of it. */
export function PredictionPage({ id }: { id: string }) {
  return (
    <PredictionScreen
      id={id}
      actions={(row) => <RegressionButton predictionId={row.id} model={row.model} outcome={row.outcome} />}
    />
  );
}
