import type { Metadata } from 'next';
import { DeploymentScreen } from '#components/deployments/deployment-screen.tsx';

type Props = { params: Promise<{ deployment: string }>; searchParams: Promise<{ rollout?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).deployment) };
}

export default async function Page({ params, searchParams }: Props) {
  const [{ deployment }, { rollout }] = await Promise.all([params, searchParams]);
  const number = Number(rollout);
  return (
    <DeploymentScreen
      deployment={decodeURIComponent(deployment)}
      rollout={Number.isInteger(number) && number > 0 ? number : null}
    />
  );
}
