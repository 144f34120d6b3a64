import type { Metadata } from 'next';
import { GatesScreen } from '#components/models/gates/gates-screen.tsx';

type Props = { params: Promise<{ model: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Gates of ${decodeURIComponent((await params).model)}` };
}

export default async function Page({ params }: Props) {
  const { model } = await params;
  return <GatesScreen model={decodeURIComponent(model)} />;
}
