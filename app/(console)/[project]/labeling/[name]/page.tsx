import type { Metadata } from 'next';
import { OverviewScreen } from '#components/labeling/overview-screen.tsx';

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  const { name } = await params;
  return <OverviewScreen labeling={decodeURIComponent(name)} />;
}
