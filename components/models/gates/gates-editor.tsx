'use client';
import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { useKeys } from '#components/ui/keys.tsx';
import { Section } from '#components/ui/screen.tsx';
import { Finding } from '#components/ui/sentence.tsx';
import type { GateRule } from '#server/domain/gates.schema.ts';
import { gatesFor } from '#server/domain/gates.ts';
import { parseExpression } from '#server/domain/query/expression.ts';
import type { GatesView, PastFacts } from '#server/features/models/gates.schema.ts';
import { GateLine } from './gate-line.tsx';
import s from './gates.module.css';
import { PastTable } from './past-table.tsx';
import { SaveGates } from './save-gates.tsx';
import { freshId, tryGates, vocabularyOf, whatChanges } from './try-gates.ts';

type Props = {
  model: string;
  saved: GatesView;
  /** Of the project's list, for saving these as the project's. */
  projectRevision: number;
  past: readonly PastFacts[];
  draft: GateRule[];
  onDraft: (rules: GateRule[]) => void;
  onSaved: () => void;
};

/** The gates as a draft, judged on past versions with every keystroke; saved with a reason. */
export function GatesEditor({ model, saved, projectRevision, past, draft, onDraft, onSaved }: Props) {
  const { stages } = useProject();
  const guarded = stages.filter((stage) => stage.role === 'gate' || stage.role === 'serving');
  const [stage, setStage] = useState(guarded.at(-1)?.name ?? '');
  const [saving, setSaving] = useState<'draft' | 'inherit' | 'project' | null>(null);
  const vocabulary = useMemo(() => vocabularyOf(past), [past]);
  const before = useMemo(() => tryGates(saved.rules, past, stage), [saved.rules, past, stage]);
  const tried = useMemo(() => tryGates(draft, past, stage), [draft, past, stage]);
  const asked = useMemo(() => gatesFor(draft, stage), [draft, stage]);
  const dirty = JSON.stringify(draft) !== JSON.stringify(saved.rules);
  const readable = draft.every((rule) => rule.name.trim() !== '' && parseExpression(rule.expression).ok);
  const changes = readable ? whatChanges(before, tried) : [];
  const may = saved.may.write;
  const save = () => setSaving('draft');
  useKeys([{ keys: 'mod+S', label: 'Save the gates', run: save, disabled: !dirty || !readable || !may.ok }]);
  const add = () =>
    onDraft([...draft, { id: freshId(draft), name: 'New gate', stage: null, expression: '', blocking: true, description: '' }]);
  return (
    <>
      <Section padded title="Conditions" caption={may.ok ? 'judged on past versions as you write' : may.why}>
        {draft.length === 0 ? (
          <EmptyState
            compact
            title="No gate"
            explanation="Without gates every version may be asked up; approval is all that is left."
          />
        ) : (
          <ul className={s.lines}>
            {draft.map((rule, index) => (
              <GateLine
                key={rule.id}
                rule={rule}
                vocabulary={vocabulary}
                onChange={(changed) => onDraft(draft.map((one, i) => (i === index ? changed : one)))}
                onRemove={() => onDraft(draft.filter((_, i) => i !== index))}
              />
            ))}
          </ul>
        )}
        <div className={s.foot}>
          <Button onClick={add}>Add a gate</Button>
          {may.ok && (
            <Button variant="filled" disabled={!dirty || !readable} onClick={save}>
              Save gates…
            </Button>
          )}
          {dirty && (
            <Button variant="subtle" onClick={() => onDraft(saved.rules)}>
              Undo all changes
            </Button>
          )}
          {may.ok && readable && (dirty || saved.from === 'model') && (
            <Button variant="subtle" onClick={() => setSaving('project')}>
              Save as the project’s…
            </Button>
          )}
          {may.ok && saved.from === 'model' && !dirty && (
            <Button variant="subtle" onClick={() => setSaving('inherit')}>
              Use the project’s gates
            </Button>
          )}
        </div>
      </Section>
      {changes.length > 0 && (
        <Finding
          tone={changes.some((change) => change.worse) ? 'warn' : 'accent'}
          title={changes.map((change) => change.sentence).join(' ')}
        />
      )}
      <Section
        padded
        divided
        title="On past versions"
        caption={`${formatCount(tried.filter((one) => one.passes === true).length, 'version')} of ${tried.length} would pass`}
        actions={
          <SegmentedControl
            aria-label="Asked for"
            data={guarded.map(({ name, title }) => ({ value: name, label: title }))}
            value={stage}
            onChange={setStage}
          />
        }
      >
        <PastTable model={model} rules={asked} tried={tried} />
      </Section>
      {saving && (
        <SaveGates
          model={saving === 'project' ? undefined : model}
          revision={saving === 'project' ? projectRevision : saved.revision}
          rules={saving === 'inherit' ? null : draft}
          changes={saving === 'draft' ? changes.map((change) => change.sentence) : []}
          onClose={() => setSaving(null)}
          onSaved={() => {
            setSaving(null);
            onSaved();
          }}
        />
      )}
    </>
  );
}
