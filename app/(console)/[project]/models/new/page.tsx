import type { Metadata } from 'next';
import { NewVersionScreen } from '#components/models/new-version-screen.tsx';

export const metadata: Metadata = { title: 'New model version' };

type Props = { searchParams: Promise<{ experiment?: string; run?: string; model?: string }> };

export default async function Page({ searchParams }: Props) {
  const { experiment, run, model } = await searchParams;
  return <NewVersionScreen source={experiment && run ? { experiment, run } : null} model={model ?? ''} />;
}
