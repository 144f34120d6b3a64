import type { Metadata } from 'next';
import { BehaviourScreen } from '#components/behaviour/behaviour-screen.tsx';

type Props = { params: Promise<{ model: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).model)} · behavioural tests` };
}

export default async function Page({ params }: Props) {
  const { model } = await params;
  return <BehaviourScreen model={decodeURIComponent(model)} />;
}
