import type { Metadata } from 'next';
import { RunScreen } from '#components/experiments/run/run-screen.tsx';

type Props = { params: Promise<{ experiment: string; run: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).run) };
}

export default async function Page({ params }: Props) {
  const { experiment, run } = await params;
  return <RunScreen experiment={decodeURIComponent(experiment)} run={decodeURIComponent(run)} />;
}
