import type { Metadata } from 'next';
import { DatasetScreen } from '#components/datasets/dataset-screen.tsx';

type Props = { params: Promise<{ dataset: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).dataset) };
}

export default async function Page({ params }: Props) {
  return <DatasetScreen dataset={decodeURIComponent((await params).dataset)} />;
}
