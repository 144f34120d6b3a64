'use client';
import { IconBell } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CountPill } from '#components/ui/chip.tsx';
import { Link } from '#components/ui/link.tsx';
import { useLive } from './live.tsx';
import { refresh } from './refresh.ts';
import s from './shell.module.css';
import { useTRPC } from './trpc.ts';

const ASK_AGAIN_MS = 60_000;

/** What I was told and have not read, of all projects: at once for the open project's, within a minute for the others'. */
export function Bell() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { data } = useQuery(trpc.notifications.unread.queryOptions(undefined, { refetchInterval: ASK_AGAIN_MS }));
  useLive(['notification.'], () => refresh(client, { queryKey: trpc.notifications.pathKey() }));
  const unread = data?.unread ?? 0;
  return (
    <Link href="/account/notifications" className={s.topButton}>
      <IconBell size={16} stroke={1.75} aria-hidden />
      <span className="sr-only">Notifications{unread > 0 ? ', unread:' : ''}</span>
      {unread > 0 && <CountPill count={unread} />}
    </Link>
  );
}
