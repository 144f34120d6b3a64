'use client';
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useProject } from '#components/shell/project-context.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import type { GetFairnessOutput, Policy } from '#server/features/fairness/fairness.schema.ts';
import s from './fairness.module.css';
import { PolicyForm } from './policy-form.tsx';
import { ruleWords } from './words.ts';

/** What is agreed now, the way to change it, and all that was agreed before. */
export function PolicyPanel({ data }: { data: GetFairnessOutput }) {
  const project = useProject();
  const [editing, setEditing] = useState(false);
  return (
    <Stack gap={24}>
      <section>
        <h2 className={s.title}>What fair means here</h2>
        {editing ? (
          <PolicyForm key={data.current?.number ?? 0} data={data} onDone={() => setEditing(false)} />
        ) : (
          <Stack gap={12}>
            {data.current ? (
              <PolicyState policy={data.current} />
            ) : (
              <p className="ink-2">
                Nobody has said yet. A rule names a column, what fair means by it, and a limit; the evaluation suite then judges
                every version by it.
              </p>
            )}
            {project.can('model:write') && (
              <div>
                <Button onClick={() => setEditing(true)}>{data.current ? 'Change the policy…' : 'Set a policy…'}</Button>
              </div>
            )}
          </Stack>
        )}
      </section>
      {data.history.length > 1 && (
        <section>
          <h2 className={s.title}>Before</h2>
          <ul className={s.history}>
            {data.history.slice(1).map((policy) => (
              <li key={policy.number}>
                <PolicyState policy={policy} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Stack>
  );
}

function PolicyState({ policy }: { policy: Policy }) {
  return (
    <div>
      <p className="caption">
        Policy {policy.number} by {policy.by}, <DateTime at={policy.at} />
      </p>
      <p>{policy.reason}</p>
      {policy.rules.rules.length === 0 ? (
        <p className="ink-2">No rule.</p>
      ) : (
        <ul>
          {policy.rules.rules.map((rule) => (
            <li key={ruleWords(rule)}>
              {ruleWords(rule)}. <span className="ink-2">{rule.reason}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="caption">Groups of {policy.rules.minimum} rows or more are judged.</p>
    </div>
  );
}
