'use client';
import { Button, Menu, SegmentedControl, Select } from '@mantine/core';
import { useHotkeys, useViewportSize } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useMemo, useState } from 'react';
import { ModelTabs } from '#components/shell/model-tabs.tsx';
import { useProject } from '#components/shell/project-context.tsx';
import { useConfirm } from '#components/ui/confirm.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorLine } from '#components/ui/error-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { useKeys } from '#components/ui/keys.tsx';
import { PageHead } from '#components/ui/page-head.tsx';
import { SearchField } from '#components/ui/query-field.tsx';
import { QueryGate } from '#components/ui/query-gate.tsx';
import { Screen, Spacer, Toolbar } from '#components/ui/screen.tsx';
import type { TestList } from '#server/features/behaviour/behaviour.schema.ts';
import s from './behaviour.module.css';
import { type Draft, pasteCells } from './draft.ts';
import { ImportTests } from './import-tests.tsx';
import { RatesSummary } from './rates-summary.tsx';
import { TestSide } from './test-side.tsx';
import { TestsGrid } from './tests-grid.tsx';
import { useCheck } from './use-check.ts';
import { newKey, useDrafts } from './use-drafts.ts';
import { useExport } from './use-export.ts';

/** Room for the fields beside the other columns, the row's panel and the navigation; a text needs more of it than a figure. */
const TAKEN = 1180;
const WIDTHS = { text: 190, category: 112, number: 112 } as const;

/** The fields that have a column at this width of the window, one at least. */
function fieldsAt(width: number, fields: TestList['fields']): string[] {
  let left = width - TAKEN;
  return fields
    .filter(({ kind }, index) => {
      left -= WIDTHS[kind];
      return index === 0 || left >= 0;
    })
    .map((field) => field.name);
}

/** The behavioural tests of a model: rows to write, each with what the chosen version says of it. */
export function BehaviourScreen({ model }: { model: string }) {
  const project = useProject();
  const edit = useDrafts(model);
  const path = `/${project.name}/models`;
  const [importing, setImporting] = useState(false);
  const download = useExport(model);
  const list = edit.query.data;
  const save = () => {
    if (edit.unsaved > 0 && !edit.saving) void edit.save().catch(() => undefined);
  };
  useHotkeys([['mod+S', save]], []);
  useKeys([{ keys: 'mod+S', label: 'Save the tests', run: save, disabled: !list?.mayWrite }]);
  const params = useSearchParams();
  const [current, setCurrent] = useState<string | null>(null);
  const chosen = Number(params.get('version')) || list?.versions[0]?.number || null;
  const check = useCheck(model, chosen, edit.drafts);
  const open = edit.drafts?.find((draft) => draft.key === current) ?? edit.drafts?.[0];
  return (
    <Screen
      padded={false}
      head={
        <PageHead
          crumbs={[
            { label: 'Models', href: path },
            { label: model, href: `${path}/${encodeURIComponent(model)}` },
          ]}
          title="Behavioural tests"
          meta={edit.unsaved > 0 ? `${formatCount(edit.unsaved, 'row')} not saved` : undefined}
          actions={
            list && (
              <>
                <Menu position="bottom-end">
                  <Menu.Target>
                    <Button leftSection={<IconDots size={16} stroke={1.75} aria-hidden />}>File</Button>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {list.mayWrite && list.fields.length > 0 && (
                      <Menu.Item onClick={() => setImporting(true)}>Import tests…</Menu.Item>
                    )}
                    <Menu.Item onClick={() => download('csv')}>Export as CSV</Menu.Item>
                    <Menu.Item onClick={() => download('jsonl')}>Export as JSON Lines</Menu.Item>
                  </Menu.Dropdown>
                </Menu>
                {list.mayWrite && (
                  <Button variant="filled" loading={edit.saving} disabled={edit.unsaved === 0} onClick={save}>
                    Save tests
                  </Button>
                )}
              </>
            )
          }
        />
      }
      sideTitle="The row"
      sideWidth={316}
      side={
        open && list ? (
          <TestSide
            draft={open}
            result={check.resultOf(open)}
            list={list}
            version={chosen}
            onWrite={(text) => edit.write(open.key, text)}
            onRemove={() => edit.remove(open)}
          />
        ) : undefined
      }
    >
      <div className={s.page}>
        <ModelTabs model={model} active="behaviour" />
        <QueryGate query={edit.query} what="The tests">
          {(data) => (
            <Body
              list={data}
              edit={edit}
              check={check}
              chosen={chosen}
              current={open?.key ?? null}
              onCurrent={setCurrent}
              onImport={() => setImporting(true)}
            />
          )}
        </QueryGate>
      </div>
      {importing && <ImportTests model={model} onClose={() => setImporting(false)} />}
    </Screen>
  );
}

type BodyProps = {
  list: TestList;
  edit: ReturnType<typeof useDrafts>;
  check: ReturnType<typeof useCheck>;
  chosen: number | null;
  current: string | null;
  onCurrent: (key: string) => void;
  onImport: () => void;
};

function Body({ list, edit, check, chosen, current, onCurrent, onImport }: BodyProps) {
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const confirm = useConfirm();
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value === '') next.delete(name);
    else next.set(name, value);
    router.replace(`${path}${next.size > 0 ? `?${next}` : ''}`, { scroll: false });
  };
  const show = params.get('show') ?? 'all';
  const [words, setWords] = useState('');
  const drafts = edit.drafts ?? [];
  const { width } = useViewportSize();
  const shown = useMemo(() => fieldsAt(width, list.fields), [width, list.fields]);
  const fits = (draft: Draft) => {
    const result = check.resultOf(draft);
    if (show === 'failed' && (!result || result.status === 'passed')) return draft.saved === null;
    if (show === 'regression' && draft.text.kind !== 'regression') return false;
    if (words === '') return true;
    return JSON.stringify([draft.text.capability, draft.text.name, draft.text.input, draft.text.tags])
      .toLowerCase()
      .includes(words.toLowerCase());
  };
  const visible = drafts.filter(fits);
  if (list.fields.length === 0) {
    return (
      <EmptyState
        title="There is no version to test yet."
        explanation="Tests are rows of inputs with what the model must answer. Register a version first: its fields become the columns here."
      />
    );
  }
  if (drafts.length === 0) {
    return (
      <EmptyState
        title="No behavioural tests yet."
        explanation="Write inputs with the answer that must come, changes that may not change it, or changes that must raise or lower the score. Every suite run and every promotion puts them to the candidate and to what is in production."
        {...(list.mayWrite
          ? {
              action: (
                <Button variant="filled" onClick={() => onCurrent(edit.add())}>
                  Write the first test
                </Button>
              ),
              other: <Button onClick={onImport}>Import tests…</Button>,
            }
          : {})}
      />
    );
  }
  const problem = edit.error as { data?: { details?: { ids?: string[] } | null } } | null;
  const lost = problem?.data?.details?.ids;
  return (
    <div className={s.rest}>
      <RatesSummary drafts={drafts} check={check} version={chosen} />
      <Toolbar inset label="Which tests">
        <Select
          aria-label="Asked of version"
          className={s.version}
          allowDeselect={false}
          data={list.versions.map(({ number, stage }) => ({ value: String(number), label: `v${number} ${stage}` }))}
          value={chosen === null ? null : String(chosen)}
          onChange={(value) => set('version', value ?? '')}
        />
        <SegmentedControl
          aria-label="Which tests are shown"
          data={[
            { value: 'all', label: `All ${drafts.length}` },
            { value: 'failed', label: 'Not passed' },
            { value: 'regression', label: 'Regression cases' },
          ]}
          value={show}
          onChange={(value) => set('show', value === 'all' ? '' : value)}
        />
        <SearchField
          label="Search in the tests"
          placeholder="Search"
          width={200}
          value={words}
          onChange={setWords}
          count={words === '' ? undefined : visible.length}
        />
        <Spacer />
        {edit.unsaved > 0 && (
          <Button
            variant="subtle"
            onClick={async () => {
              if (
                await confirm({
                  title: 'Throw away what isn’t saved?',
                  body: `${formatCount(edit.unsaved, 'row')} go back to what they were.`,
                  verb: 'Throw away',
                  danger: true,
                })
              )
                edit.discard();
            }}
          >
            Undo changes
          </Button>
        )}
        {list.mayWrite && <Button onClick={() => onCurrent(edit.add(drafts.at(-1)))}>Add a row</Button>}
      </Toolbar>
      {edit.error && (
        <div className={s.foot}>
          <ErrorLine error={edit.error} />
          {lost && (
            <Button size="xs" onClick={() => edit.takeTheirs(lost)}>
              Load these rows as they are now
            </Button>
          )}
        </div>
      )}
      {Boolean(check.error) && (
        <div className={s.foot}>
          <ErrorLine error={check.error} />
          <Button size="xs" onClick={check.retry}>
            Ask again
          </Button>
        </div>
      )}
      {visible.length === 0 ? (
        <EmptyState
          compact
          title={show === 'failed' ? 'Every test passes.' : 'No test fits.'}
          explanation={show === 'failed' ? 'Nothing fails on this version.' : 'Take the filter or the search away.'}
        />
      ) : (
        <TestsGrid
          drafts={visible}
          fields={list.fields}
          shown={shown}
          classes={list.classes}
          mayWrite={list.mayWrite}
          current={current}
          resultOf={check.resultOf}
          onCurrent={onCurrent}
          onWrite={edit.write}
          onAdd={edit.add}
          onRemove={edit.remove}
          onPaste={(key, column, records) => {
            const row = drafts.findIndex((draft) => draft.key === key);
            edit.replace(pasteCells(drafts, { row, column, records, fields: list.fields, shown, newKey }));
          }}
        />
      )}
      <datalist id="behaviour-classes">
        {list.classes?.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id="behaviour-capabilities">
        {[...new Set(drafts.map((draft) => draft.text.capability))].filter(Boolean).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}
