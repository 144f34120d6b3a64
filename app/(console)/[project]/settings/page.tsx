import type { Metadata } from 'next';
import { ApprovalRules } from '#components/models/approval-rules.tsx';
import { StageSettings } from '#components/models/stage-settings.tsx';
import { WebhooksTab } from '#components/notifications/webhooks-tab.tsx';
import { SettingsScreen } from '#components/projects/settings-screen.tsx';

export const metadata: Metadata = { title: 'Project settings' };

export default async function SettingsPage({ searchParams }: { searchParams: Promise<{ tab?: string }> }) {
  return (
    <SettingsScreen
      tab={(await searchParams).tab}
      webhooks={<WebhooksTab />}
      stages={
        <>
          <StageSettings />
          <ApprovalRules />
        </>
      }
    />
  );
}
