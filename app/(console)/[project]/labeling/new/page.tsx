import type { Metadata } from 'next';
import { CreateScreen } from '#components/labeling/create/create-screen.tsx';

export const metadata: Metadata = { title: 'New labeling project' };

export default function Page() {
  return <CreateScreen />;
}
