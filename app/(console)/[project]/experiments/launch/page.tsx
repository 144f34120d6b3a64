import type { Metadata } from 'next';
import { LaunchScreen } from '#components/experiments/launch/launch-screen.tsx';

export const metadata: Metadata = { title: 'Launch trials' };

export default function Page() {
  return <LaunchScreen experiment={null} />;
}
