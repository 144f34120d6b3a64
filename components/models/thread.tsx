'use client';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { Chip } from '#components/ui/chip.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import type { ThreadView } from '#server/features/models/discussion.schema.ts';
import { CommentBox } from './comment-box.tsx';
import { CommentText } from './comment-text.tsx';
import s from './discussion.module.css';

type Props = {
  requestId: string;
  thread: ThreadView;
  people: readonly { id: string; name: string }[];
  mayComment: boolean;
  aboutWords: string | null;
};

/** One thread: its comments, a reply, and whether it is resolved. A resolved one is folded to its first line. */
export function Thread({ requestId, thread, people, mayComment, aboutWords }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project } = useProject();
  const [replying, setReplying] = useState(false);
  const [shown, setShown] = useState(false);
  const settle = { onSettled: () => void queries.invalidateQueries(trpc.promotions.threads.pathFilter()) };
  const reply = useMutation(trpc.promotions.comment.mutationOptions(settle));
  const resolve = useMutation(trpc.promotions.resolveThread.mutationOptions(settle));
  const resolved = thread.resolvedAt !== null;
  const comments = resolved && !shown ? thread.comments.slice(0, 1) : thread.comments;
  return (
    <li className={s.thread} data-resolved={resolved || undefined}>
      {(aboutWords || resolved) && (
        <div className={s.threadHead}>
          {aboutWords && <Chip>{aboutWords}</Chip>}
          {resolved && <span className="caption">resolved by {thread.resolvedByName}</span>}
        </div>
      )}
      <ol className={s.comments}>
        {comments.map((comment) => (
          <li key={comment.id}>
            <div className={s.who}>
              <strong>{comment.authorName}</strong>
              {comment.authorKind === 'token' && <Chip>program</Chip>}
              <span className="caption">
                <DateTime at={comment.at} />
              </span>
            </div>
            <CommentText body={comment.body} people={people} />
          </li>
        ))}
      </ol>
      {resolve.error && <ErrorLine error={resolve.error} />}
      {replying && !resolved ? (
        <CommentBox
          label="Reply"
          verb="Reply"
          people={people}
          busy={reply.isPending}
          error={reply.error}
          onCancel={() => setReplying(false)}
          onSend={async (body) => {
            await reply.mutateAsync({ project, id: requestId, threadId: thread.id, body });
            setReplying(false);
          }}
        />
      ) : (
        <div className={s.threadActs}>
          {resolved && thread.comments.length > 1 && (
            <Button size="xs" variant="subtle" aria-expanded={shown} onClick={() => setShown(!shown)}>
              {shown ? 'Fold' : `Show all ${thread.comments.length}`}
            </Button>
          )}
          {mayComment && !resolved && (
            <Button size="xs" variant="subtle" onClick={() => setReplying(true)}>
              Reply
            </Button>
          )}
          {mayComment && (
            <Button
              size="xs"
              variant="subtle"
              loading={resolve.isPending}
              onClick={() => resolve.mutate({ project, threadId: thread.id, resolved: !resolved })}
            >
              {resolved ? 'Open again' : 'Resolve'}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
