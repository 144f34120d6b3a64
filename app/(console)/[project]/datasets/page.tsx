import type { Metadata } from 'next';
import { DatasetsScreen } from '#components/datasets/datasets-screen.tsx';

export const metadata: Metadata = { title: 'Data' };

export default function Page() {
  return <DatasetsScreen />;
}
