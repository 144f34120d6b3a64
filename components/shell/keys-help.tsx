'use client';
import { Modal } from '@mantine/core';
import { KeyCombo, useListedKeys } from '#components/ui/keys.tsx';
import s from './shell.module.css';

/** The keys that work on what is shown now. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const groups = useListedKeys();
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
      {[...groups].map(([group, bindings]) => (
        <section key={group} className={s.keysGroup}>
          <h2 className="caption">{group}</h2>
          <dl>
            {bindings.map((binding) => (
              <div key={`${binding.keys} ${binding.label}`} className={s.keysLine}>
                <dt>{binding.label}</dt>
                <dd>
                  <KeyCombo keys={binding.keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
