import type { Metadata } from 'next';
import { AdminScreen } from '#components/admin/admin-screen.tsx';

export const metadata: Metadata = { title: 'Administration' };

export default function AdministrationPage() {
  return <AdminScreen section="projects" />;
}
