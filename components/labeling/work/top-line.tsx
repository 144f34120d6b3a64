'use client';
import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconCloudOff,
  IconKeyboard,
  IconListCheck,
  IconLoader2,
  IconX,
} from '@tabler/icons-react';
import { KeyChip } from '#components/ui/chip.tsx';
import { formatCount, formatNumber } from '#components/ui/format.ts';
import { Bar } from '#components/ui/progress.tsx';
import type { LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import type { OutboxState } from './outbox.ts';
import { canRedo } from './session.ts';
import type { Work } from './use-work.ts';
import s from './work.module.css';

const ICON = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** Where one is: the queue, how far it is, whether everything is saved, undo, keys. */
export function TopLine({
  labeling,
  work,
  onLeave,
  onHelp,
  onGuideline,
}: {
  labeling: LabelingDetail;
  work: Work;
  onLeave: () => void;
  onHelp: () => void;
  onGuideline: (() => void) | null;
}) {
  const { total } = work.counts;
  const undoable = work.session.past.length > 0;
  return (
    <header className={s.top}>
      <div className={s.where}>
        <Tooltip label="Leave (Esc)">
          <ActionIcon aria-label="Leave" onClick={onLeave}>
            <IconX {...ICON} />
          </ActionIcon>
        </Tooltip>
        <h1 className={s.name}>{labeling.name}</h1>
        <span className={s.source}>
          {labeling.source.dataset} v{labeling.source.number}
        </span>
      </div>
      <div className={s.progress}>
        <Bar share={total === 0 ? 0 : work.finished / total} label="Progress of the queue" width={280} />
        <span className="num">
          <strong>{formatNumber(work.finished)}</strong> <span className="ink-2">of {formatNumber(total)}</span>
        </span>
      </div>
      <div className={s.acts}>
        <Saved state={work.outbox} />
        <UnstyledButton className={s.act} disabled={!undoable} onClick={work.undo}>
          <IconArrowBackUp {...ICON} /> Undo{' '}
          <span className={s.combo}>
            <KeyChip>Ctrl Z</KeyChip>
          </span>
        </UnstyledButton>
        {canRedo(work.session) && (
          <UnstyledButton className={s.act} onClick={work.redo}>
            <IconArrowForwardUp {...ICON} /> Redo
          </UnstyledButton>
        )}
        {onGuideline && (
          <UnstyledButton className={s.act} onClick={onGuideline}>
            <IconListCheck {...ICON} /> Guideline{' '}
            <span className={s.combo}>
              <KeyChip>G</KeyChip>
            </span>
          </UnstyledButton>
        )}
        <UnstyledButton className={s.act} onClick={onHelp}>
          <IconKeyboard {...ICON} /> Keys{' '}
          <span className={s.combo}>
            <KeyChip>?</KeyChip>
          </span>
        </UnstyledButton>
      </div>
    </header>
  );
}

/** Whether the server has everything; what it hasn't is kept in this browser. */
function Saved({ state }: { state: OutboxState }) {
  const waiting = formatCount(state.waiting.length, 'answer');
  if (state.waiting.length === 0)
    return (
      <span className={s.saved} role="status">
        <IconCheck {...ICON} /> Saved
      </span>
    );
  if (state.trouble === 'none')
    return (
      <span className={s.saved} role="status">
        <IconLoader2 {...ICON} /> Saving
      </span>
    );
  const why = state.trouble === 'signed-out' ? 'signed out' : 'no connection';
  const title =
    state.trouble === 'signed-out'
      ? 'Sign in again in another window. What waits is kept in this browser and sent then.'
      : 'The server does not answer. What waits is kept in this browser and sent as soon as it does. You can go on.';
  return (
    <span className={s.unsaved} role="status" title={title}>
      <IconCloudOff {...ICON} /> {waiting} kept here: {why}
    </span>
  );
}
