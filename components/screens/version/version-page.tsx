'use client';
import { ExplainInput } from '#components/explanations/explain-input.tsx';
import { VersionScreen } from '#components/models/version-screen.tsx';

/** One version of a model; an input that is tried can be explained. */
export function VersionPage({ model, number }: { model: string; number: number }) {
  return (
    <VersionScreen
      model={model}
      number={number}
      explain={(instance) => <ExplainInput model={model} number={number} instance={instance} />}
    />
  );
}
