'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { describeError } from '#components/ui/describe-error.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Link } from '#components/ui/link.tsx';
import { LoadingRows } from '#components/ui/loading-rows.tsx';
import type { LinkDetail } from '#server/features/people/links.schema.ts';
import { AuthPage } from './auth-page.tsx';
import { LinkForm } from './link-form.tsx';
import { linkWords } from './link-words.ts';

/** Failures that say nothing about the link. */
const MAY_PASS = new Set(['INTERNAL', 'UNAVAILABLE', 'TIMEOUT', 'RATE_LIMITED']);

/** What a one-time link opens: the first administrator, an invitation, a new password. */
export function LinkScreen({ token }: { token: string }) {
  const trpc = useTRPC();
  const link = useQuery(trpc.people.readLink.queryOptions({ token }, { retry: false, refetchOnWindowFocus: false }));
  if (link.data) return <Opened link={link.data} token={token} />;
  if (link.error && MAY_PASS.has(describeError(link.error).code ?? '')) {
    return (
      <AuthPage title="One-time link">
        <ErrorState
          error={link.error}
          what="The link could not be read."
          onRetry={() => void link.refetch()}
          retrying={link.isFetching}
        />
      </AuthPage>
    );
  }
  if (link.error) {
    return (
      <AuthPage title="This link doesn’t open anything" lead={describeError(link.error).why}>
        <p>
          <Link className="link" href="/sign-in">
            Go to sign-in
          </Link>
        </p>
      </AuthPage>
    );
  }
  return (
    <AuthPage title="One moment">
      <LoadingRows rows={3} height={36} what="The link is being read." />
    </AuthPage>
  );
}

function Opened({ link, token }: { link: LinkDetail; token: string }) {
  const words = linkWords(link);
  return (
    <AuthPage title={words.title} lead={words.lead}>
      {link.state === 'open' ? (
        <LinkForm link={link} token={token} />
      ) : (
        <p>
          <Link className="link" href="/sign-in">
            Go to sign-in
          </Link>
        </p>
      )}
    </AuthPage>
  );
}
