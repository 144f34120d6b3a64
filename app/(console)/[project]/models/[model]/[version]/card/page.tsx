import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CardScreen } from '#components/cards/card-screen.tsx';

export const metadata: Metadata = { title: 'Model card' };

type Props = { params: Promise<{ model: string; version: string }> };

export default async function CardPage({ params }: Props) {
  const { model, version } = await params;
  const number = Number(version);
  if (!Number.isInteger(number) || number < 1) notFound();
  return <CardScreen model={decodeURIComponent(model)} number={number} />;
}
