'use client';
import { Dropzone, type DropzoneProps, type FileRejection } from '@mantine/dropzone';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorLine } from './error-state.tsx';
import { formatBytes } from './format.ts';
import s from './upload.module.css';

/** Files by drop or by click. What is refused (kind, size) is said under it, with the file's name. */
export function UploadDrop({
  label,
  hint,
  onDrop,
  accept,
  maxBytes,
  multiple = false,
  busy = false,
  disabled = false,
}: {
  label: string;
  hint?: string;
  onDrop: (files: File[]) => void;
  accept?: DropzoneProps['accept'];
  maxBytes?: number;
  multiple?: boolean;
  busy?: boolean;
  disabled?: boolean;
}) {
  const [refused, setRefused] = useState<string | null>(null);
  const reject = (rejections: FileRejection[]) => {
    const first = rejections[0];
    if (!first) return;
    const tooLarge = first.errors.some((error) => error.code === 'file-too-large');
    setRefused(
      tooLarge && maxBytes !== undefined
        ? `${first.file.name} has ${formatBytes(first.file.size)}; at most ${formatBytes(maxBytes)} are taken.`
        : `${first.file.name} is not of a kind that is taken here.`,
    );
  };
  return (
    <div>
      <Dropzone
        className={s.zone}
        accept={accept}
        maxSize={maxBytes}
        multiple={multiple}
        loading={busy}
        disabled={disabled}
        onReject={reject}
        onDrop={(files) => {
          setRefused(null);
          onDrop(files);
        }}
        inputProps={{ 'aria-label': label }}
      >
        <div className={s.words}>
          <IconUpload size={20} stroke={1.5} aria-hidden />
          <span className="strong">{label}</span>
          {hint !== undefined && <span className="caption">{hint}</span>}
        </div>
      </Dropzone>
      {refused !== null && <ErrorLine error={{ message: refused }} />}
    </div>
  );
}
