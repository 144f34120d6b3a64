import type { Metadata } from 'next';
import { CompareScreen } from '#components/experiments/compare/compare-screen.tsx';

type Props = { params: Promise<{ experiment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Compare, ${decodeURIComponent((await params).experiment)}` };
}

export default async function Page({ params }: Props) {
  const { experiment } = await params;
  return <CompareScreen experiment={decodeURIComponent(experiment)} />;
}
