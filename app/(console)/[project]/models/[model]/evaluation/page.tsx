import type { Metadata } from 'next';
import { EvaluationScreen } from '#components/evaluations/evaluation-screen.tsx';

type Props = { params: Promise<{ model: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Evaluation of ${decodeURIComponent((await params).model)}` };
}

export default async function Page({ params }: Props) {
  const { model } = await params;
  return <EvaluationScreen model={decodeURIComponent(model)} />;
}
