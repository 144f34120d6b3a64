'use client';
import { ErrorState } from '#components/ui/error-state.tsx';

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <ErrorState error={error} what="This page could not be shown." onRetry={reset} />;
}
