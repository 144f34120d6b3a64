import { personOf } from '#server/auth/actor.ts';
import { doneOutput } from '#server/features/projects/tokens.schema.ts';
import { router, userProcedure } from '#server/trpc/procedures.ts';
import { countUnreadOf, listNotifications, markAllNotifications, markNotification } from './inbox.service.ts';
import {
  listNotificationsInput,
  listNotificationsOutput,
  markInput,
  preferencesOutput,
  setPreferenceInput,
  unreadOutput,
} from './notifications.schema.ts';
import { getPreferences, setPreference } from './preferences.service.ts';

/** What a person was told, and how they want to be told. */
export const notificationsRouter = router({
  list: userProcedure
    .input(listNotificationsInput)
    .output(listNotificationsOutput)
    .query(({ ctx, input }) => listNotifications(personOf(ctx.actor).id, input)),
  unread: userProcedure.output(unreadOutput).query(({ ctx }) => countUnreadOf(personOf(ctx.actor).id)),
  mark: userProcedure
    .input(markInput)
    .output(unreadOutput)
    .mutation(({ ctx, input }) => markNotification(personOf(ctx.actor).id, input)),
  markAll: userProcedure.output(unreadOutput).mutation(({ ctx }) => markAllNotifications(personOf(ctx.actor).id)),
  preferences: userProcedure.output(preferencesOutput).query(({ ctx }) => getPreferences(personOf(ctx.actor))),
  setPreference: userProcedure
    .input(setPreferenceInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await setPreference(personOf(ctx.actor), input);
      return { done: true as const };
    }),
});
