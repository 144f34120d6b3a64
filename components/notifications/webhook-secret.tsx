'use client';
import { Button, Modal } from '@mantine/core';
import { SecretOnce } from '#components/ui/secret-once.tsx';
import s from './notifications.module.css';

/** The secret of a webhook, shown this one time. */
export function WebhookSecret({ secret, title, onClose }: { secret: string; title: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={title} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={s.stack}>
        <SecretOnce label="Secret" value={secret} note="Copy it now: it is shown only this once, and kept encrypted." />
        <p className="ink-2">
          With it the receiver checks the header <code className="mono">Stagecraft-Signature</code>: HMAC-SHA256 of the time, a
          dot and the body. docs/programs.md has the code.
        </p>
        <div className={s.ends}>
          <Button variant="filled" onClick={onClose}>
            I have copied it
          </Button>
        </div>
      </div>
    </Modal>
  );
}
