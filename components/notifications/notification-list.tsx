'use client';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { formatCount } from '#components/ui/format.ts';
import { Link } from '#components/ui/link.tsx';
import type { Notification } from '#server/features/notifications/notifications.schema.ts';
import s from './notifications.module.css';

type Props = { notifications: Notification[]; onMark: (id: string, read: boolean) => void };

/** Notifications a line each: what, where, when. */
export function NotificationList({ notifications, onMark }: Props) {
  return (
    <ul className={s.list}>
      {notifications.map((one) => (
        <Line key={one.id} one={one} onMark={onMark} />
      ))}
    </ul>
  );
}

function Line({ one, onMark }: { one: Notification; onMark: Props['onMark'] }) {
  const unread = one.readAt === null;
  const verb = unread ? 'Mark as read' : 'Mark as unread';
  return (
    <li className={s.line} data-unread={unread || undefined}>
      <span className={s.dot} aria-hidden="true" />
      <div className={s.words}>
        <Link href={one.href} className={s.title} onClick={() => unread && onMark(one.id, true)}>
          {unread && <span className="sr-only">Unread: </span>}
          {one.title}
        </Link>
        {one.text !== '' && <p className="ink-2">{one.text}</p>}
        <p className="caption">
          {one.project && <>{one.project.title} · </>}
          <RelativeTime at={one.at} />
          {one.count > 1 && <> · with {formatCount(one.count - 1, 'earlier one', 'earlier ones')}</>}
        </p>
      </div>
      <Tooltip label={verb}>
        <ActionIcon aria-label={`${verb}: ${one.title}`} onClick={() => onMark(one.id, unread)}>
          {unread ? <IconCircle size={16} stroke={1.75} /> : <IconCircleCheck size={16} stroke={1.75} />}
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
