'use client';
import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { useKeys } from '#components/ui/keys.tsx';
import { Link } from '#components/ui/link.tsx';

/** Where this request stands among those that wait, with the way to the next and the one before (j and k, ] and [). */
export function Neighbours({ id }: { id: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { name: project } = useProject();
  const list = useQuery(trpc.promotions.list.queryOptions({ project }));
  const waiting = list.data
    ? [...list.data.waiting.filter((item) => item.mayDecide), ...list.data.reviews.filter((item) => item.review?.mayReview)]
    : [];
  const mine = waiting.length > 0 && waiting.some((item) => item.id === id) ? waiting : (list.data?.waiting ?? []);
  const at = mine.findIndex((request) => request.id === id);
  const [before, after] = [mine[at - 1]?.id, at < 0 ? mine[0]?.id : mine[at + 1]?.id];
  const go = (to: string | undefined) => () => {
    if (to) router.push(`/${project}/models/requests/${to}`);
  };
  useKeys([
    { keys: 'j', label: 'Next request', run: go(after), disabled: !after },
    { keys: 'k', label: 'Previous request', run: go(before), disabled: !before },
    { keys: ']', label: 'Next request', run: go(after), disabled: !after },
    { keys: '[', label: 'Previous request', run: go(before), disabled: !before },
  ]);
  if (at < 0 || mine.length < 2) return null;
  return (
    <>
      {at + 1} of {mine.length} in the inbox{' '}
      <Neighbour label="Previous request" id={before} icon={<IconChevronUp size={16} stroke={1.75} />} />
      <Neighbour label="Next request" id={after} icon={<IconChevronDown size={16} stroke={1.75} />} />
    </>
  );
}

function Neighbour({ label, id, icon }: { label: string; id: string | undefined; icon: ReactNode }) {
  const { name: project } = useProject();
  if (!id) return null;
  return (
    <ActionIcon component={Link} href={`/${project}/models/requests/${id}`} aria-label={label}>
      {icon}
    </ActionIcon>
  );
}
