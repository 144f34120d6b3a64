import type { Metadata } from 'next';
import { RowsScreen } from '#components/behaviour/rows-screen.tsx';

type Props = { params: Promise<{ model: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).model)} · rows` };
}

export default async function Page({ params }: Props) {
  const { model } = await params;
  return <RowsScreen model={decodeURIComponent(model)} />;
}
