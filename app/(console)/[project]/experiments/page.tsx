import type { Metadata } from 'next';
import { ExperimentsScreen } from '#components/experiments/experiments-screen.tsx';

export const metadata: Metadata = { title: 'Experiments' };

export default function Page() {
  return <ExperimentsScreen />;
}
