import type { Metadata } from 'next';
import { PredictionPage } from '#components/screens/prediction/prediction-page.tsx';

export const metadata: Metadata = { title: 'Prediction' };

type Props = { params: Promise<{ id: string }> };

export default async function Page({ params }: Props) {
  const { id } = await params;
  return <PredictionPage id={decodeURIComponent(id)} />;
}
