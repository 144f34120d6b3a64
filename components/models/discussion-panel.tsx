'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useProject } from '#components/shell/project-context.tsx';
import { useTRPC } from '#components/shell/trpc.ts';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Section } from '#components/ui/screen.tsx';
import { CommentBox } from './comment-box.tsx';
import s from './discussion.module.css';
import { Thread } from './thread.tsx';

/** What is said about a request, in threads: open ones first, resolved ones folded below. */
export function DiscussionPanel({ requestId, gates }: { requestId: string; gates: readonly { id: string; title: string }[] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { name: project, can } = useProject();
  const query = useQuery(trpc.promotions.threads.queryOptions({ project, id: requestId }));
  const send = useMutation(
    trpc.promotions.comment.mutationOptions({
      onSettled: () => void queries.invalidateQueries(trpc.promotions.threads.pathFilter()),
    }),
  );
  const mayComment = can('promotion:comment');
  const open = query.data?.threads.filter((thread) => thread.resolvedAt === null).length ?? 0;
  return (
    <Section padded divided title="Discussion" caption={open > 0 ? `${open} open` : undefined}>
      <QueryGate query={query} what="The discussion" rows={2}>
        {(data) => (
          <>
            {data.threads.length === 0 && (
              <p className="ink-2">
                Nothing has been said yet.{' '}
                {mayComment ? 'Whoever is named with an @ is told.' : 'Scientists and reviewers can write here.'}
              </p>
            )}
            <ul className={s.threads}>
              {[...data.threads]
                .sort((a, b) => Number(a.resolvedAt !== null) - Number(b.resolvedAt !== null))
                .map((thread) => (
                  <Thread
                    key={thread.id}
                    requestId={requestId}
                    thread={thread}
                    people={data.people}
                    mayComment={mayComment}
                    aboutWords={aboutWords(thread.about, gates)}
                  />
                ))}
            </ul>
            {mayComment && (
              <div className={s.newThread}>
                <CommentBox
                  id="comment"
                  label="Comment"
                  verb="Comment"
                  people={data.people}
                  busy={send.isPending}
                  error={send.error}
                  onSend={(body) => send.mutateAsync({ project, id: requestId, body })}
                />
              </div>
            )}
          </>
        )}
      </QueryGate>
    </Section>
  );
}

function aboutWords(about: string | null, gates: readonly { id: string; title: string }[]): string | null {
  if (about === null) return null;
  const [kind, name = ''] = about.split(':');
  return kind === 'gate' ? `Gate: ${gates.find((gate) => gate.id === name)?.title ?? name}` : name;
}
