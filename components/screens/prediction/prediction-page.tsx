'use client';
import { RegressionButton } from '#components/behaviour/regression-button.tsx';
import { ExplainPrediction } from '#components/explanations/explain-prediction.tsx';
import { PredictionScreen } from '#components/predictions/prediction-screen.tsx';

/** One prediction, and what can be made of it. */
export function PredictionPage({ id }: { id: string }) {
  return (
    <PredictionScreen
      id={id}
      why={(row) => <ExplainPrediction id={row.id} />}
      actions={(row) => <RegressionButton predictionId={row.id} model={row.model} outcome={row.outcome} />}
    />
  );
}
