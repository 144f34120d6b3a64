'use client';
import { Button, Modal } from '@mantine/core';
import { SecretOnce } from '#components/ui/secret-once.tsx';
import s from './admin.module.css';

export type ShownLink = { title: string; path: string; note: string };

/** Shows a one-time link, this one time. */
export function LinkDialog({ link, onClose }: { link: ShownLink | null; onClose: () => void }) {
  return (
    <Modal
      opened={link !== null}
      onClose={onClose}
      title={link?.title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {link && (
        <div className={s.form}>
          <SecretOnce label="One-time link" value={`${window.location.origin}${link.path}`} note={link.note} />
          <div className={s.acts}>
            <Button variant="filled" onClick={onClose}>
              I have copied it
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
