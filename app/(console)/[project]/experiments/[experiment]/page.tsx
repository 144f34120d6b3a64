import type { Metadata } from 'next';
import { ExperimentScreen } from '#components/experiments/runs/experiment-screen.tsx';

type Props = { params: Promise<{ experiment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).experiment) };
}

export default async function Page({ params }: Props) {
  const { experiment } = await params;
  return <ExperimentScreen experiment={decodeURIComponent(experiment)} />;
}
