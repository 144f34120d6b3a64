import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { VersionScreen } from '#components/datasets/version/version-screen.tsx';

type Props = { params: Promise<{ dataset: string; version: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { dataset, version } = await params;
  return { title: `${decodeURIComponent(dataset)} v${version}` };
}

export default async function Page({ params }: Props) {
  const { dataset, version } = await params;
  const number = Number(version);
  if (!Number.isInteger(number) || number < 1) notFound();
  return <VersionScreen dataset={decodeURIComponent(dataset)} number={number} />;
}
