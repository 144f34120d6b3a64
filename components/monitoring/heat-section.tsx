'use client';
import { formatCount, formatNumber } from '#components/ui/format.ts';
import { HeatScale, HeatStrip } from '#components/ui/heat-strip.tsx';
import { Section } from '#components/ui/screen.tsx';
import { DriftPill } from './drift-state.tsx';
import s from './monitoring.module.css';
import { heatCells, heatColumns, heatLimits, type SubjectNow } from './prepare-heat.ts';
import type { Shown } from './prepare-range.ts';
import type { MonitorDetail } from './types.ts';
import type { MonitorAddress } from './use-monitor-address.ts';

const DECIMALS = 2;

/** The PSI of every subject by window, darker is further from training; thresholds stand on the scale, gaps are gaps. */
export function HeatSection({
  monitor,
  shown,
  subjects,
  open,
  address,
}: {
  monitor: MonitorDetail;
  shown: Shown;
  subjects: SubjectNow[];
  open: string | null;
  address: MonitorAddress;
}) {
  const { settings, reference } = monitor;
  const limits = heatLimits(settings.psi);
  const against =
    reference &&
    `each ${settings.window} against training (${reference.datasetName} v${reference.datasetVersion}, ${formatCount(reference.rows, 'row')})`;
  return (
    <Section
      padded
      title="Drift by subject"
      caption={against}
      actions={<HeatScale unit="PSI" limits={limits} possible={settings.psi.possible} drift={settings.psi.drift} />}
    >
      <div className={s.heat}>
        <HeatStrip
          label={`PSI of each subject by ${settings.window}`}
          limits={limits}
          columns={heatColumns(shown.slots, settings.window)}
          open={open}
          onOpen={(key) => address.change({ subject: key })}
          figureHeads={['PSI', 'Jensen-Shannon', 'By chance up to', 'Now']}
          rows={subjects.map(({ subject, state, psi, jensenShannon, byChance }) => ({
            key: subject.key,
            name: subject.title,
            note: subject.unit,
            cells: heatCells(subject.key, shown.slots, settings.window),
            figures: [
              <span key="psi" className="strong">
                {formatNumber(psi, DECIMALS)}
              </span>,
              formatNumber(jensenShannon, DECIMALS),
              <span key="chance" className="ink-3">
                {formatNumber(byChance, DECIMALS)}
              </span>,
              <span key="state" className={s.now}>
                <DriftPill state={state} />
              </span>,
            ],
          }))}
        />
      </div>
    </Section>
  );
}
