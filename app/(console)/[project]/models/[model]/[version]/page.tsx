import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { VersionPage } from '#components/screens/version/version-page.tsx';

type Props = { params: Promise<{ model: string; version: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { model, version } = await params;
  return { title: `${decodeURIComponent(model)} v${version}` };
}

export default async function Page({ params }: Props) {
  const { model, version } = await params;
  const number = Number(version);
  if (!Number.isInteger(number) || number < 1) notFound();
  return <VersionPage model={decodeURIComponent(model)} number={number} />;
}
