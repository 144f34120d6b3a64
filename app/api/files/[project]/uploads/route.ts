import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { config } from '#server/config.ts';
import { DomainError } from '#server/errors.ts';
import { receiveUpload } from '#server/features/datasets/uploads.service.ts';
import { asMember } from '../../access.ts';

export const dynamic = 'force-dynamic';

/** Takes a file as the request's body, streamed into the store; `?name=` is what it is called. Answers `{ id, filename, size }`. */
export async function POST(request: Request, context: { params: Promise<{ project: string }> }): Promise<Response> {
  const { project } = await context.params;
  return asMember(request, { project, scope: 'data:write' }, async (scope) => {
    if (!request.body) throw new DomainError('INVALID', 'The request has no body: send the file itself.');
    const announced = Number(request.headers.get('content-length') ?? 0);
    if (announced > config.maxUploadBytes) throw tooLarge();
    const filename = new URL(request.url).searchParams.get('name') ?? 'file';
    const body = Readable.fromWeb(request.body as ReadableStream);
    return Response.json(await receiveUpload(scope, { filename, body }), { status: 201 });
  });
}

function tooLarge(): DomainError {
  const limit = Math.round(config.maxUploadBytes / 1024 ** 2);
  return new DomainError(
    'TOO_LARGE',
    `The file is larger than the limit of ${limit.toLocaleString('en')} MB. Divide it, or raise STAGECRAFT_MAX_UPLOAD.`,
  );
}
