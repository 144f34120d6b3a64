import type { Metadata } from 'next';
import { LabelingScreen } from '#components/labeling/labeling-screen.tsx';

export const metadata: Metadata = { title: 'Labeling' };

export default function Page() {
  return <LabelingScreen />;
}
