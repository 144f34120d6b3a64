import type { Metadata } from 'next';
import { LaunchScreen } from '#components/experiments/launch/launch-screen.tsx';

export const metadata: Metadata = { title: 'Launch trials' };

type Props = { params: Promise<{ experiment: string }> };

export default async function Page({ params }: Props) {
  const { experiment } = await params;
  return <LaunchScreen experiment={decodeURIComponent(experiment)} />;
}
