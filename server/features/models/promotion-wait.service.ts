import type { ProjectScope } from '#server/auth/actor.ts';
import { notFound } from '#server/errors.ts';
import { db } from '#server/platform/db/client.ts';
import { subscribe } from '#server/platform/events/events.ts';
import { ENDED } from './approval.policy.ts';
import type { PromotionStatus } from './models.schema.ts';
import { findStatus } from './promotions.repo.ts';

/**
 * Comes back when a request has ended, or (with `while`) when its state is another one; else after so many seconds.
 * It listens first and looks then, so that nothing happens unseen in between.
 * @throws NOT_FOUND
 */
export async function waitForRequest(
  scope: ProjectScope,
  o: { id: string; seconds: number; while: PromotionStatus | null },
): Promise<void> {
  const enough = (status: PromotionStatus) => (o.while === null ? ENDED.includes(status) : status !== o.while);
  const look = async () => {
    const status = await findStatus(db, scope, o.id);
    if (!status) throw notFound('promotion request');
    return enough(status);
  };
  await new Promise<void>((resolve, reject) => {
    let stop: () => void = () => undefined;
    const end = (act: () => void) => {
      clearTimeout(timer);
      stop();
      act();
    };
    const again = () => {
      look().then(
        (done) => done && end(resolve),
        (error) => end(() => reject(error)),
      );
    };
    const timer = setTimeout(() => end(resolve), o.seconds * 1000);
    stop = subscribe((event) => {
      if (event.type === 'resync' || (event.id === o.id && event.type.startsWith('promotion.'))) again();
    });
    again();
  });
}
