'use client';
import { Columns } from '#components/ui/screen.tsx';
import { AcknowledgeForm } from './acknowledge-form.tsx';
import { AlertsSection } from './alerts-section.tsx';
import { AnswersPanel } from './answers-panel.tsx';
import { CompareSection } from './compare-section.tsx';
import { DistributionPanel } from './distribution-panel.tsx';
import { FindingBand } from './finding-band.tsx';
import { HeatSection } from './heat-section.tsx';
import { MakeDataset } from './make-dataset.tsx';
import s from './monitoring.module.css';
import { OutcomesPanel } from './outcomes-panel.tsx';
import { subjectsNow } from './prepare-heat.ts';
import type { Shown } from './prepare-range.ts';
import type { MonitorDetail } from './types.ts';
import type { MonitorAddress } from './use-monitor-address.ts';
import { VersionsSection } from './versions-section.tsx';

/** The finding and its acts, every subject by window, the open one's distribution, the answers, the outcomes, the versions, the alerts. */
export function MonitorPage({ monitor, shown, address }: { monitor: MonitorDetail; shown: Shown; address: MonitorAddress }) {
  const subjects = subjectsNow(monitor.subjects, shown.slots);
  const open = subjects.find(({ subject }) => subject.key === address.subject) ?? subjects[0];
  const close = () => address.change({ do: null });
  return (
    <>
      <FindingBand monitor={monitor} address={address} />
      {address.act === 'acknowledge' && <AcknowledgeForm monitor={monitor} onClose={close} />}
      {address.act === 'dataset' && <MakeDataset monitor={monitor} shown={shown} onClose={close} />}
      <HeatSection monitor={monitor} shown={shown} subjects={subjects} open={open?.subject.key ?? null} address={address} />
      <div className={s.panels}>
        <Columns template="1fr 1fr 1fr">
          <div>{open && <DistributionPanel monitor={monitor} shown={shown} now={open} address={address} />}</div>
          <div>
            <AnswersPanel monitor={monitor} shown={shown} address={address} />
          </div>
          <div>
            <OutcomesPanel monitor={monitor} shown={shown} />
          </div>
        </Columns>
      </div>
      <VersionsSection monitor={monitor} shown={shown} />
      <CompareSection monitor={monitor} shown={shown} address={address} />
      <AlertsSection monitor={monitor} address={address} />
    </>
  );
}
