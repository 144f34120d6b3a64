import type { Metadata } from 'next';
import { FairnessPage } from '#components/screens/fairness/fairness-page.tsx';

type Props = { params: Promise<{ model: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { model } = await params;
  return { title: `Fairness of ${decodeURIComponent(model)}` };
}

export default async function Page({ params }: Props) {
  const { model } = await params;
  return <FairnessPage model={decodeURIComponent(model)} />;
}
