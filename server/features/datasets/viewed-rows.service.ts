import type { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { recordRead } from '#server/features/audit/reads.service.ts';
import type { listQuarantineInput, openQuarantinedInput } from './quarantine.schema.ts';
import { listQuarantine, openQuarantined } from './quarantine.service.ts';
import type { pageRowsInput, readCellInput } from './rows.schema.ts';
import { pageRows, readCell } from './rows.service.ts';
import { getVersion } from './versions.service.ts';

/** What a person or a program looks at, as against what Stagecraft reads for its own work: it is noted in the record. */

export async function viewRows(scope: ProjectScope, input: z.infer<typeof pageRowsInput>) {
  const page = await pageRows(scope, input.versionId, input);
  await note(scope, 'dataset.rows', input.versionId);
  return page;
}

export async function viewCell(scope: ProjectScope, input: z.infer<typeof readCellInput>) {
  const cell = await readCell(scope, input.versionId, input.row, input.column);
  await note(scope, 'dataset.rows', input.versionId);
  return cell;
}

export async function viewQuarantine(scope: ProjectScope, input: z.infer<typeof listQuarantineInput>) {
  const list = await listQuarantine(scope, input);
  if (list.total > 0) await note(scope, 'dataset.quarantine', input.versionId);
  return list;
}

export async function viewQuarantined(scope: ProjectScope, input: z.infer<typeof openQuarantinedInput>) {
  const row = await openQuarantined(scope, input);
  await note(scope, 'dataset.quarantine', input.versionId);
  return row;
}

async function note(scope: ProjectScope, what: 'dataset.rows' | 'dataset.quarantine', versionId: string): Promise<void> {
  const version = await getVersion(scope, versionId);
  await recordRead(scope, {
    what,
    target: { type: 'dataset_version', id: versionId, name: `${version.dataset} v${version.number}` },
  });
}
