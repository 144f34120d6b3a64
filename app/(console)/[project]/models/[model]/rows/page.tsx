import type { Metadata } from 'next';
import { RowsPage } from '#components/screens/rows/rows-page.tsx';

type Props = { params: Promise<{ model: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).model)} · rows` };
}

export default async function Page({ params }: Props) {
  const { model } = await params;
  return <RowsPage model={decodeURIComponent(model)} />;
}
