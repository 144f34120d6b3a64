'use client';
import { useEffect, useRef, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import type { UploadView } from '#server/features/datasets/uploads.schema.ts';
import { uploadFile } from './upload-file.ts';

/** One file on its way to the server: how much has arrived, what it became, what went wrong. Leaving the page stops it. */
export function useUpload() {
  const { name: project } = useProject();
  const running = useRef<AbortController | null>(null);
  const [file, setFile] = useState<UploadView | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => () => running.current?.abort(), []);
  const send = async (files: File[]) => {
    const first = files[0];
    if (!first) return;
    const stop = new AbortController();
    running.current = stop;
    setError(null);
    setShare(0);
    try {
      setFile(await uploadFile({ project, file: first, onProgress: setShare, signal: stop.signal }));
    } catch (reason) {
      setError(reason);
    } finally {
      setShare(null);
    }
  };
  return {
    file,
    share,
    error,
    send: (files: File[]) => void send(files),
    stop: () => running.current?.abort(),
    reset: () => setFile(null),
  };
}
