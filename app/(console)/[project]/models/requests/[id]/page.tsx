import type { Metadata } from 'next';
import { PromotionScreen } from '#components/screens/promotion/promotion-screen.tsx';

export const metadata: Metadata = { title: 'Promotion' };

type Props = { params: Promise<{ id: string }> };

export default async function Page({ params }: Props) {
  return <PromotionScreen id={(await params).id} />;
}
