import type { UploadView } from '#server/features/datasets/uploads.schema.ts';
import { uploadSchema } from '#server/features/datasets/uploads.schema.ts';

/** What the files route says when it refuses; reads like a tRPC error for the error components. */
export class UploadError extends Error {
  readonly data: { code: string; requestId: string | null };
  constructor(message: string, code: string, requestId: string | null) {
    super(message);
    this.data = { code, requestId };
  }
}

/** Sends a file as it is and tells how much has arrived (0 to 1); `signal` stops it. */
export function uploadFile(o: {
  project: string;
  file: File;
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}): Promise<UploadView> {
  return new Promise((resolve, reject) => {
    // XMLHttpRequest, because fetch can't tell how much of a body was sent.
    const request = new XMLHttpRequest();
    request.open('POST', `/api/files/${encodeURIComponent(o.project)}/uploads?name=${encodeURIComponent(o.file.name)}`);
    request.responseType = 'json';
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) o.onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      const parsed = uploadSchema.safeParse(request.response);
      if (request.status < 300 && parsed.success) resolve(parsed.data);
      else reject(refusal(request.response, request.status));
    };
    request.onerror = () =>
      reject(new UploadError('The connection broke while the file was sent. Nothing was stored.', 'UNAVAILABLE', null));
    request.onabort = () => reject(new UploadError('The upload was stopped. Nothing was stored.', 'CONFLICT', null));
    o.signal?.addEventListener('abort', () => request.abort());
    request.send(o.file);
  });
}

function refusal(body: unknown, status: number): UploadError {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  if (typeof error === 'object' && error !== null && 'message' in error && 'code' in error) {
    const requestId = 'requestId' in error ? String(error.requestId) : null;
    return new UploadError(String(error.message), String(error.code), requestId);
  }
  return new UploadError(`The server answered with status ${status}.`, 'INTERNAL', null);
}
