import type { Metadata } from 'next';
import { NotificationsScreen } from '#components/notifications/notifications-screen.tsx';

export const metadata: Metadata = { title: 'Notifications' };

export default async function NotificationsPage({ searchParams }: { searchParams: Promise<{ only?: string }> }) {
  return <NotificationsScreen only={(await searchParams).only === 'unread' ? 'unread' : 'all'} />;
}
