import type { Metadata } from 'next';
import { WorkScreen } from '#components/labeling/work/work-screen.tsx';

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Label ${decodeURIComponent((await params).name)}` };
}

export default async function Page({ params }: Props) {
  const { name } = await params;
  return <WorkScreen labeling={decodeURIComponent(name)} />;
}
