'use client';
import { Drawer } from '@mantine/core';
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { KeysHelp } from '#components/shell/keys-help.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useKeys } from '#components/ui/keys.tsx';
import type { LabelingDetail } from '#server/features/labeling/labeling.schema.ts';
import { shown } from '../arrange.ts';
import { Dock } from './dock.tsx';
import { GuidelinePanel } from './guideline-panel.tsx';
import { ItemSheet } from './item-sheet.tsx';
import { NothingLeft } from './nothing-left.tsx';
import { canRedo } from './session.ts';
import { SKIP_REASONS } from './skip-row.tsx';
import { TopLine } from './top-line.tsx';
import { useWork } from './use-work.ts';
import s from './work.module.css';

type Props = { labeling: LabelingDetail; person: string; today: { sinceDone: number; sinceMedianMs: number | null } };

/** The item, the dock with the question, and the guideline beside it. Everything has a key. */
export function Workplace({ labeling, person, today }: Props) {
  const project = useProject();
  const router = useRouter();
  const work = useWork(labeling, person);
  const [skipping, setSkipping] = useState(false);
  const [beside, setBeside] = useLocalStorage({ key: 'stagecraft.labeling.guideline', defaultValue: true });
  const narrow = useMediaQuery('(max-width: 1099px)') ?? false;
  const [drawer, drawerIs] = useDisclosure(false);
  const [help, helpIs] = useDisclosure(false);
  const sheet = useRef<HTMLElement>(null);
  const { item, given, session } = work;
  const itemId = item?.id;
  useEffect(() => {
    if (itemId === undefined) return;
    sheet.current?.scrollTo({ top: 0 });
    sheet.current?.focus({ preventScroll: true });
  }, [itemId]);

  const leave = async () => {
    await work.leave();
    router.push(`/${project.name}/labeling/${labeling.name}`);
  };
  const label = (name: string) => work.give({ label: name, skipReason: null });
  const skip = (reason: string) => {
    setSkipping(false);
    work.give({ label: null, skipReason: reason });
  };
  const toggleGuideline = () => (narrow ? drawerIs.toggle() : setBeside(!beside));
  const idle = skipping || drawer;
  const nothing = item === null;
  const alone = (run: () => void) => (event: KeyboardEvent) => {
    // A dialog has its own keys, and a key that is held down answers only once.
    if (!event.repeat && !document.querySelector('[role="dialog"]')) run();
  };
  useKeys([
    ...labeling.labels.map((one) => ({
      keys: one.hotkey,
      label: one.name,
      group: labeling.question,
      disabled: idle || nothing,
      run: alone(() => label(one.name)),
    })),
    ...SKIP_REASONS.map((reason, index) => ({
      keys: String(index + 1),
      label: reason,
      group: 'Why skip',
      disabled: !skipping,
      run: alone(() => skip(reason)),
    })),
    { keys: 's', label: 'Skip with a reason', disabled: idle || nothing, run: alone(() => setSkipping(true)) },
    { keys: 'mod+Z', label: 'Undo', disabled: idle, run: alone(work.undo) },
    { keys: 'mod+shift+Z', label: 'Redo', disabled: idle || !canRedo(session), run: alone(work.redo) },
    { keys: 'ArrowLeft', label: 'Look back', disabled: idle, run: alone(() => work.look(-1)) },
    { keys: 'ArrowRight', label: 'Look forward', disabled: idle, run: alone(() => work.look(1)) },
    { keys: 'g', label: 'Guideline', disabled: skipping, run: alone(toggleGuideline) },
    {
      keys: 'Escape',
      label: skipping ? 'Back to the labels' : 'Leave',
      disabled: drawer,
      run: alone(() => (skipping ? setSkipping(false) : void leave())),
    },
  ]);

  const guideline = <GuidelinePanel labeling={labeling} today={today} onHide={toggleGuideline} inDrawer={narrow} />;
  return (
    <div className={s.place} data-beside={(beside && !narrow) || undefined}>
      <TopLine
        labeling={labeling}
        work={work}
        onLeave={() => void leave()}
        onHelp={helpIs.open}
        onGuideline={beside && !narrow ? null : toggleGuideline}
      />
      <main className={s.stage}>
        {item ? (
          <>
            <ItemSheet ref={sheet} item={item} columns={labeling.columns} given={given} session={session} onLook={work.look} />
            <Dock
              labeling={labeling}
              given={given}
              notice={work.notice}
              skipping={skipping}
              onLabel={label}
              onSkip={skip}
              onSkipping={setSkipping}
              onUndo={work.undo}
            />
          </>
        ) : (
          <NothingLeft labeling={labeling} work={work} onLeave={() => void leave()} />
        )}
      </main>
      {beside && !narrow && (
        <aside className={s.beside} aria-label="Guideline">
          {guideline}
        </aside>
      )}
      {narrow && (
        <Drawer
          opened={drawer}
          onClose={drawerIs.close}
          position="right"
          title="Guideline"
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          {guideline}
        </Drawer>
      )}
      <KeysHelp opened={help} onClose={helpIs.close} />
      <p className="sr-only" aria-live="polite">
        {item
          ? `${given ? 'Looking back at' : 'In hand'}: ${shown(item.data[labeling.columns[0]?.name ?? ''] ?? null).slice(0, 120)}`
          : ''}
      </p>
    </div>
  );
}
