import type { JobHandler } from '#server/platform/queue/queue.ts';
import { runCheck } from './verification.service.ts';

export const handler: JobHandler<{ checkId: string }> = ({ checkId }, { signal }) => runCheck(checkId, new Date(), signal);
