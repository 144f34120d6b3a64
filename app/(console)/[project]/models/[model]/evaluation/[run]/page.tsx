import type { Metadata } from 'next';
import { EvaluationRunScreen } from '#components/screens/evaluation-run/evaluation-run-screen.tsx';

type Props = { params: Promise<{ model: string; run: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Run of the suite of ${decodeURIComponent((await params).model)}` };
}

export default async function Page({ params }: Props) {
  const { model, run } = await params;
  return <EvaluationRunScreen model={decodeURIComponent(model)} id={run} />;
}
