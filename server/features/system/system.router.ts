import { diskOutput, processesOutput, queueOutput } from '#server/features/system/system.schema.ts';
import { getDisk, getProcesses, getQueue } from '#server/features/system/system.service.ts';
import { adminProcedure, router } from '#server/trpc/procedures.ts';

/** The installation itself: its processes, its queue, its disk. */
export const systemRouter = router({
  processes: adminProcedure.output(processesOutput).query(() => getProcesses()),
  queue: adminProcedure.output(queueOutput).query(() => getQueue()),
  disk: adminProcedure.output(diskOutput).query(() => getDisk()),
});
