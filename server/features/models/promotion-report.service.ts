import { z } from 'zod';
import type { ProjectScope } from '#server/auth/actor.ts';
import { reportHtml } from '#server/domain/report/html.ts';
import { notFound } from '#server/errors.ts';
import { recordRead } from '#server/features/audit/reads.service.ts';
import { reportPdf } from '#server/platform/documents/pdf.ts';
import { listThreads } from './discussion.service.ts';
import { getChanges, getRequest, getSections } from './promotion-reads.service.ts';
import { promotionReport } from './promotion-report.view.ts';

/**
 * The evidence of a request, what was said and what was decided, as one file. That it was taken along is on record.
 * The same request in the same state gives the same bytes.
 * @throws NOT_FOUND
 */
export async function downloadReport(
  scope: ProjectScope,
  o: { id: string; form: 'pdf' | 'html' },
): Promise<{ filename: string; mediaType: string; body: Buffer }> {
  if (!z.uuid().safeParse(o.id).success) throw notFound('promotion request');
  const [request, sections, changes, { threads }] = await Promise.all([
    getRequest(scope, o.id),
    getSections(scope, o.id),
    getChanges(scope, o.id),
    listThreads(scope, o.id),
  ]);
  // What the reader may do isn't part of what was decided.
  const report = promotionReport({ project: scope.projectName, request, sections, changes, threads });
  const body = o.form === 'pdf' ? await reportPdf(report) : Buffer.from(reportHtml(report));
  const name = `${request.model}-v${request.number}-to-${request.targetStage}`;
  await recordRead(scope, {
    what: 'export',
    target: { type: 'promotion_request', id: request.id, name: `${request.model} v${request.number} to ${request.targetStage}` },
    details: { form: o.form, evidence: request.evidenceHash ?? 'none', bytes: body.length },
  });
  return {
    filename: `${name}.${o.form}`,
    mediaType: o.form === 'pdf' ? 'application/pdf' : 'text/html; charset=utf-8',
    body,
  };
}
