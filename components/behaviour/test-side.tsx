'use client';
import { Button, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { RelativeTime } from '#components/ui/date-time.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { FieldsForm } from '#components/ui/fields-form.tsx';
import { formatCount } from '#components/ui/format.ts';
import { StatePill } from '#components/ui/state-pill.tsx';
import type { CaseAnswer, TestResult, TestText } from '#server/domain/behaviour/test.schema.ts';
import type { Origin, TestList } from '#server/features/behaviour/behaviour.schema.ts';
import s from './behaviour.module.css';
import type { Draft } from './draft.ts';
import { NotationHelp } from './notation-help.tsx';
import { KIND_WORDS } from './words.ts';

type Props = {
  draft: Draft;
  result: TestResult | null;
  list: TestList;
  version: number | null;
  onWrite: (text: TestText) => void;
  onRemove: () => void;
};

/** The chosen row whole: what came out, all fields, name and note. */
export function TestSide({ draft, result, list, version, onWrite, onRemove }: Props) {
  const { text, saved } = draft;
  const set = (change: Partial<TestText>) => onWrite({ ...text, ...change });
  return (
    <Stack gap={16}>
      <div>
        <h2>{KIND_WORDS[text.kind].name}</h2>
        <p className="ink-2">{KIND_WORDS[text.kind].explain}</p>
      </div>
      <Outcome result={result} version={version} />
      <fieldset disabled={!list.mayWrite} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack gap={12}>
          <FieldsForm fields={list.fields} values={text.input} onChange={(input) => set({ input })} />
          <TextInput
            label="Name"
            description="Rows of one name are one test"
            value={text.name}
            onChange={(event) => set({ name: event.currentTarget.value.replaceAll('"', '') })}
          />
          <TagsInput label="Tags" value={text.tags} onChange={(tags) => set({ tags })} />
          <Textarea
            label="Note"
            autosize
            minRows={1}
            maxRows={5}
            value={text.note}
            onChange={(event) => set({ note: event.currentTarget.value })}
          />
          <Switch
            label="Part of every run"
            checked={text.enabled}
            onChange={(event) => set({ enabled: event.currentTarget.checked })}
          />
        </Stack>
      </fieldset>
      {saved && (
        <Facts
          items={[
            saved.origin !== null && { term: 'Comes from', value: originWords(saved.origin) },
            { term: 'Written by', value: saved.createdByName },
            {
              term: 'Changed',
              value: (
                <>
                  <RelativeTime at={saved.updatedAt} /> by {saved.updatedByName}
                </>
              ),
            },
          ]}
        />
      )}
      {list.mayWrite && (
        <div>
          <Button onClick={onRemove}>Remove this row</Button>
        </div>
      )}
      <NotationHelp classes={list.classes} />
    </Stack>
  );
}

function Outcome({ result, version }: { result: TestResult | null; version: number | null }) {
  if (!result)
    return (
      <p className="ink-3">
        {version === null ? 'No version is chosen.' : `v${version} is asked as soon as the row says something.`}
      </p>
    );
  return (
    <div className={s.answer} aria-live="polite">
      <StatePill state={result.status === 'passed' ? 'passed' : result.status === 'invalid' ? 'possible' : 'failed'}>
        {result.status === 'invalid'
          ? 'Can’t be asked'
          : result.status === 'crashed'
            ? 'No answer'
            : result.status === 'passed'
              ? 'Passed'
              : 'Failed'}
      </StatePill>
      <p>{result.sentence}</p>
      {result.failing.length > 0 && (
        <>
          <p className="caption">
            {formatCount(result.failedVariants, 'change')} of {result.variants} broke it
          </p>
          <ul className={s.fails}>
            {result.failing.map((one, index) => (
              <Failing key={index} answer={one} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Failing({ answer }: { answer: CaseAnswer }) {
  const input = Object.entries(answer.input ?? {}).filter(([, cell]) => cell !== null && cell !== '');
  return (
    <li>
      <span>
        {answer.what}: <strong>{answer.error ?? answer.label ?? 'value'}</strong>{' '}
        <span className="num ink-2">{answer.score === null ? '' : answer.score.toFixed(2)}</span>
      </span>
      {input.map(([name, cell]) => (
        <span key={name} className={s.words}>
          {input.length > 1 ? `${name}: ` : ''}
          {String(cell).slice(0, 300)}
        </span>
      ))}
    </li>
  );
}

function originWords(origin: Origin): string {
  if (origin.kind === 'row') return `${origin.dataset} v${origin.number}, row ${origin.row}`;
  return `request ${origin.requestId}, to which v${origin.version} said ${origin.said ?? 'nothing'}`;
}
