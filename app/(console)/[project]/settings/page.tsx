import type { Metadata } from 'next';
import { WebhooksTab } from '#components/notifications/webhooks-tab.tsx';
import { SettingsScreen } from '#components/projects/settings-screen.tsx';

export const metadata: Metadata = { title: 'Project settings' };

export default async function SettingsPage({ searchParams }: { searchParams: Promise<{ tab?: string }> }) {
  return <SettingsScreen tab={(await searchParams).tab} webhooks={<WebhooksTab />} />;
}
