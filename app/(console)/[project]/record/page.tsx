import type { Metadata } from 'next';
import { RecordScreen } from '#components/record/record-screen.tsx';

export const metadata: Metadata = { title: 'Record' };

export default function RecordPage() {
  return <RecordScreen />;
}
