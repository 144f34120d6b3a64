import type { Metadata } from 'next';
import { LaunchLiveScreen } from '#components/experiments/live/launch-live-screen.tsx';

type Props = { params: Promise<{ experiment: string; launch: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).launch) };
}

export default async function Page({ params }: Props) {
  const { experiment, launch } = await params;
  return <LaunchLiveScreen experiment={decodeURIComponent(experiment)} launch={decodeURIComponent(launch)} />;
}
