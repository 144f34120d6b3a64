import type { Metadata } from 'next';
import { InboxScreen } from '#components/models/inbox-screen.tsx';

export const metadata: Metadata = { title: 'Promotion inbox' };

export default function Page() {
  return <InboxScreen />;
}
