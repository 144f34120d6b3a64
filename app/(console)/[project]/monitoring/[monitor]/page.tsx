import type { Metadata } from 'next';
import { MonitorScreen } from '#components/monitoring/monitor-screen.tsx';

type Props = { params: Promise<{ monitor: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).monitor)} · Monitoring` };
}

export default async function Page({ params }: Props) {
  return <MonitorScreen monitor={decodeURIComponent((await params).monitor)} />;
}
