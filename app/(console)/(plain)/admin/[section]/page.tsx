import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AdminScreen } from '#components/admin/admin-screen.tsx';
import { isAdminSection } from '#components/admin/sections.ts';
import { InstallationRecord } from '#components/audit/installation-record.tsx';
import { MailTab } from '#components/notifications/mail-tab.tsx';

export const metadata: Metadata = { title: 'Administration' };

export default async function AdministrationSectionPage({ params }: { params: Promise<{ section: string }> }) {
  const { section } = await params;
  if (!isAdminSection(section)) notFound();
  return <AdminScreen section={section} record={<InstallationRecord />} mail={<MailTab />} />;
}
