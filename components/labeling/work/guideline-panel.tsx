'use client';
import { UnstyledButton } from '@mantine/core';
import { KeyChip, LabelChip } from '#components/ui/chip.tsx';
import { formatCount, formatDuration } from '#components/ui/format.ts';
import type { LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import { Guideline } from '../guideline.tsx';
import s from './work.module.css';

/** The guideline, what each label means, and the own pace of today. */
export function GuidelinePanel({
  labeling,
  today,
  onHide,
  inDrawer,
}: {
  labeling: LabelingDetail;
  today: { sinceDone: number; sinceMedianMs: number | null };
  onHide: () => void;
  inDrawer: boolean;
}) {
  const described = labeling.labels.filter((label) => label.description !== '');
  return (
    <div className={s.panel}>
      {!inDrawer && (
        <div className={s.panelHead}>
          <h2>Guideline</h2>
          <UnstyledButton className={s.hint} onClick={onHide}>
            Hide <KeyChip>G</KeyChip>
          </UnstyledButton>
        </div>
      )}
      <div className={s.panelBody}>
        <Guideline text={labeling.guideline} />
        {described.length > 0 && (
          <>
            <h3 className={s.panelTitle}>{labeling.question}</h3>
            <dl className={s.meanings}>
              {described.map((label) => (
                <div key={label.name}>
                  <dt>
                    <LabelChip color={label.color}>{label.name}</LabelChip>
                  </dt>
                  <dd>{label.description}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </div>
      <div className={s.panelFoot}>
        <span className="ink-3">You, today</span>
        <span className="num">
          {formatCount(today.sinceDone, 'item')}
          {today.sinceMedianMs !== null && ` · ${formatDuration(Math.round(today.sinceMedianMs / 100) * 100)} each`}
        </span>
      </div>
    </div>
  );
}
