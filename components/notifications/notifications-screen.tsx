'use client';
import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen } from '#components/ui/screen.tsx';
import { TabLinks } from '#components/ui/tab-links.tsx';
import { NotificationList } from './notification-list.tsx';
import s from './notifications.module.css';

const HERE = '/account/notifications';
const ASK_AGAIN_MS = 15_000;

/** What I was told, over all projects, newest first. Opening one reads it. */
export function NotificationsScreen({ only }: { only: 'all' | 'unread' }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const query = useInfiniteQuery(
    trpc.notifications.list.infiniteQueryOptions(
      { only },
      { getNextPageParam: (page) => page.next, placeholderData: keepPreviousData, refetchInterval: ASK_AGAIN_MS },
    ),
  );
  const refresh = () => client.invalidateQueries({ queryKey: trpc.notifications.pathKey() });
  const mark = useMutation(trpc.notifications.mark.mutationOptions({ onSettled: refresh }));
  const markAll = useMutation(trpc.notifications.markAll.mutationOptions({ onSettled: refresh }));
  const unread = query.data?.pages[0]?.unread ?? 0;
  const failure = mark.error ?? markAll.error;
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          title="Notifications"
          actions={
            <>
              <Button component={Link} href="/account#notifications" variant="subtle">
                What am I told?
              </Button>
              <Button disabled={unread === 0} loading={markAll.isPending} onClick={() => markAll.mutate()}>
                Mark all as read
              </Button>
            </>
          }
        />
      }
    >
      <TabLinks
        label="Which"
        active={only === 'unread' ? `${HERE}?only=unread` : HERE}
        items={[
          { href: HERE, label: 'All' },
          { href: `${HERE}?only=unread`, label: 'Unread', ...(query.data ? { count: unread } : {}) },
        ]}
      />
      {failure ? (
        <div className={s.inset}>
          <ErrorLine error={failure} />
        </div>
      ) : null}
      <div className={query.data ? undefined : s.inset}>
        <QueryGate query={query} what="Your notifications" rows={6}>
          {(data) => {
            const all = data.pages.flatMap((page) => page.notifications);
            if (all.length === 0) return <Nothing only={only} />;
            return <NotificationList notifications={all} onMark={(id, read) => mark.mutate({ id, read })} />;
          }}
        </QueryGate>
      </div>
      {query.hasNextPage && (
        <div className={s.inset}>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </Screen>
  );
}

function Nothing({ only }: { only: 'all' | 'unread' }) {
  if (only === 'unread')
    return <EmptyState title="You have read everything." explanation="What is new appears here, and in the bar above." />;
  return (
    <EmptyState
      title="Nothing yet."
      explanation="Requests that you may decide, answers to yours, alerts and failures are told here. What you are told, and what you are mailed, is set in your account."
    />
  );
}
