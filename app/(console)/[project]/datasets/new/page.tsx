import type { Metadata } from 'next';
import { NewDatasetScreen } from '#components/datasets/new/new-dataset-screen.tsx';

export const metadata: Metadata = { title: 'New dataset' };

export default function Page() {
  return <NewDatasetScreen />;
}
