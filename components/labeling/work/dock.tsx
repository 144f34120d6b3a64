'use client';
import { UnstyledButton } from '@mantine/core';
import { KeyChip, LabelChip, Swatch } from '#components/ui/chip.tsx';
import { Shape } from '#components/ui/shape.tsx';
import type { LabelDefinition, LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import type { Given } from './session.ts';
import { SkipRow } from './skip-row.tsx';
import s from './work.module.css';

/** The question with its labels. A line above it says what the keys do to an earlier answer, or what went wrong. */
export function Dock({
  labeling,
  given,
  notice,
  skipping,
  onLabel,
  onSkip,
  onSkipping,
  onUndo,
}: {
  labeling: LabelingDetail;
  given: Given | null;
  notice: string | null;
  skipping: boolean;
  onLabel: (name: string) => void;
  onSkip: (reason: string) => void;
  onSkipping: (on: boolean) => void;
  onUndo: () => void;
}) {
  return (
    <footer className={s.dock}>
      {notice !== null && (
        <div className={s.bar} role="alert">
          <span className={s.warnMark}>
            <Shape name="triangle" />
          </span>{' '}
          {notice}
        </div>
      )}
      {given && (
        <div className={s.bar}>
          <span>You said</span> <Said given={given} labels={labeling.labels} />
          <span className={s.hints}>
            <span>
              <KeyChip>{labeling.labels.find((label) => label.name !== given.label)?.hotkey.toUpperCase()}</KeyChip> Change it
            </span>
            <UnstyledButton className={s.hint} onClick={onUndo}>
              <KeyChip>Ctrl Z</KeyChip> Take it back
            </UnstyledButton>
            <span>
              <KeyChip>→</KeyChip> Go on
            </span>
          </span>
        </div>
      )}
      {skipping ? (
        <SkipRow onSkip={onSkip} onCancel={() => onSkipping(false)} />
      ) : (
        <fieldset className={s.question} aria-label={labeling.question}>
          <span className={s.ask}>{labeling.question}</span>
          <div className={s.labels}>
            {labeling.labels.map((label) => (
              <UnstyledButton
                key={label.name}
                className={s.label}
                data-chosen={given?.label === label.name || undefined}
                aria-pressed={given?.label === label.name}
                title={label.description || undefined}
                onClick={() => onLabel(label.name)}
              >
                <KeyChip>{label.hotkey.toUpperCase()}</KeyChip>
                {label.color > 0 && <Swatch color={`var(--label-${label.color})`} />}
                <span className={s.labelName}>{label.name}</span>
              </UnstyledButton>
            ))}
          </div>
          <UnstyledButton className={s.skip} onClick={() => onSkipping(true)}>
            Skip… <KeyChip>S</KeyChip>
          </UnstyledButton>
        </fieldset>
      )}
    </footer>
  );
}

function Said({ given, labels }: { given: Given; labels: LabelDefinition[] }) {
  if (given.label === null) return <span>to skip it{given.skipReason && `: ${given.skipReason}`}</span>;
  return <LabelChip color={labels.find((label) => label.name === given.label)?.color ?? 0}>{given.label}</LabelChip>;
}
