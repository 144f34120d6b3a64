import type { Metadata } from 'next';
import { LinkScreen } from '#components/auth/link-screen.tsx';

export const metadata: Metadata = { title: 'One-time link', referrer: 'no-referrer' };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  return <LinkScreen token={(await params).token} />;
}
