'use client';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/shell/trpc.ts';
import { describeError } from '#components/ui/describe-error.ts';

/** What every act on a request does afterwards: reads it and the models again, and says when somebody was faster. */
export function useRequestAct() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return {
    // Somebody was faster: this form then gives way to their decision, so the words stand outside of it.
    onError: (error: unknown) => {
      const { code, why } = describeError(error);
      if (code === 'CONFLICT') notifications.show({ message: why, autoClose: false });
    },
    onSettled: () => {
      void queries.invalidateQueries(trpc.promotions.pathFilter());
      void queries.invalidateQueries(trpc.models.pathFilter());
      void queries.invalidateQueries(trpc.home.needs.pathFilter());
    },
  };
}
