import type { Metadata } from 'next';
import { PredictionScreen } from '#components/predictions/prediction-screen.tsx';

export const metadata: Metadata = { title: 'Prediction' };

type Props = { params: Promise<{ id: string }> };

export default async function PredictionPage({ params }: Props) {
  const { id } = await params;
  return <PredictionScreen id={decodeURIComponent(id)} />;
}
