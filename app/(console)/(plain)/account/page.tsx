import type { Metadata } from 'next';
import { AccountScreen } from '#components/auth/account-screen.tsx';
import { PreferencesSection } from '#components/notifications/preferences-section.tsx';

export const metadata: Metadata = { title: 'Your account' };

export default function AccountPage() {
  return <AccountScreen notifications={<PreferencesSection />} />;
}
