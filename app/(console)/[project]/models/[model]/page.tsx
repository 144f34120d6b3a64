import type { Metadata } from 'next';
import { ModelScreen } from '#components/models/model-screen.tsx';

type Props = { params: Promise<{ model: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).model) };
}

export default async function Page({ params }: Props) {
  const { model } = await params;
  return <ModelScreen model={decodeURIComponent(model)} />;
}
