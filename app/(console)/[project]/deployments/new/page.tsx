import type { Metadata } from 'next';
import { NewDeploymentScreen } from '#components/deployments/new-deployment-screen.tsx';

export const metadata: Metadata = { title: 'New deployment' };

type Props = { searchParams: Promise<{ model?: string }> };

export default async function Page({ searchParams }: Props) {
  const { model } = await searchParams;
  return <NewDeploymentScreen model={model ?? null} />;
}
