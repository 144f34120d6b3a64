import type { Metadata } from 'next';
import { MonitorsScreen } from '#components/monitoring/monitors-screen.tsx';

export const metadata: Metadata = { title: 'Monitoring' };

export default function Page() {
  return <MonitorsScreen />;
}
