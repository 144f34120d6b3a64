import type { Metadata } from 'next';
import { PredictionsScreen } from '#components/predictions/predictions-screen.tsx';

export const metadata: Metadata = { title: 'Predictions' };

export default function PredictionsPage() {
  return <PredictionsScreen />;
}
