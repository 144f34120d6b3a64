'use client';
import { ActionIcon, Button, NumberInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { RolloutPlan } from '#server/features/deployments/plan.schema.ts';
import s from './deployments.module.css';

type Errors = Readonly<Record<string, string>>;

/** The steps of a canary and how much worse it may be. `errors` are by path, as in the schema: `steps.0.weight`. */
export function PlanFields({
  plan,
  errors,
  onChange,
}: {
  plan: RolloutPlan;
  errors: Errors;
  onChange: (plan: RolloutPlan) => void;
}) {
  const step = (index: number, values: Partial<RolloutPlan['steps'][number]>) =>
    onChange({ ...plan, steps: plan.steps.map((one, i) => (i === index ? { ...one, ...values } : one)) });
  const limit = (values: Partial<RolloutPlan['limits']>) => onChange({ ...plan, limits: { ...plan.limits, ...values } });
  const add = () => {
    const last = plan.steps.at(-1);
    if (!last) return;
    const before = plan.steps.at(-2)?.weight ?? 0;
    const between = { ...last, weight: Math.round(((before + last.weight) / 2) * 100) / 100 };
    onChange({ ...plan, steps: [...plan.steps.slice(0, -1), between, last] });
  };
  return (
    <>
      <table className={s.plan}>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Share, %</th>
            <th scope="col">Requests at least</th>
            <th scope="col">Outcomes at least</th>
            <th scope="col">Held for, s</th>
            <th scope="col">
              <span className="sr-only">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.steps.map((one, index) => {
            const name = `Step ${index + 1}`;
            const error = (field: string) => errors[`steps.${index}.${field}`];
            return (
              <tr key={index}>
                <th scope="row">{index + 1}</th>
                <td>
                  <Figure
                    label={`${name}, share in %`}
                    value={Math.round(one.weight * 10_000) / 100}
                    max={100}
                    decimals={2}
                    error={error('weight')}
                    onChange={(value) => step(index, { weight: value / 100 })}
                  />
                </td>
                <td>
                  <Figure
                    label={`${name}, requests at least`}
                    value={one.minRequests}
                    error={error('minRequests')}
                    onChange={(minRequests) => step(index, { minRequests })}
                  />
                </td>
                <td>
                  <Figure
                    label={`${name}, outcomes at least`}
                    value={one.minOutcomes}
                    error={error('minOutcomes')}
                    onChange={(minOutcomes) => step(index, { minOutcomes })}
                  />
                </td>
                <td>
                  <Figure
                    label={`${name}, held for seconds`}
                    value={one.holdSeconds}
                    error={error('holdSeconds')}
                    onChange={(holdSeconds) => step(index, { holdSeconds })}
                  />
                </td>
                <td>
                  {index < plan.steps.length - 1 && (
                    <ActionIcon
                      aria-label={`Remove step ${index + 1}`}
                      onClick={() => onChange({ ...plan, steps: plan.steps.filter((_, i) => i !== index) })}
                    >
                      <IconTrash size={16} stroke={1.75} />
                    </ActionIcon>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {plan.steps.length < 10 && (
        <Button size="xs" onClick={add}>
          Add a step before the last
        </Button>
      )}
      <div className={s.limits}>
        <Figure
          label="Failed requests: at most more, points"
          visible
          value={Math.round(plan.limits.errorRate * 10_000) / 100}
          max={100}
          decimals={2}
          error={errors['limits.errorRate']}
          onChange={(value) => limit({ errorRate: value / 100 })}
        />
        <Figure
          label="Latency p95: at most more, ms"
          visible
          value={plan.limits.latencyMs}
          decimals={1}
          error={errors['limits.latencyMs']}
          onChange={(latencyMs) => limit({ latencyMs })}
        />
        <Figure
          label="Accuracy: at most less, points"
          visible
          value={Math.round(plan.limits.accuracy * 10_000) / 100}
          max={100}
          decimals={2}
          error={errors['limits.accuracy']}
          onChange={(value) => limit({ accuracy: value / 100 })}
        />
      </div>
    </>
  );
}

function Figure({
  label,
  visible = false,
  value,
  onChange,
  error,
  max,
  decimals = 0,
}: {
  label: string;
  visible?: boolean;
  value: number;
  onChange: (value: number) => void;
  error: string | undefined;
  max?: number;
  decimals?: number;
}) {
  return (
    <NumberInput
      {...(visible ? { label } : { 'aria-label': label })}
      value={value}
      min={0}
      max={max}
      decimalScale={decimals}
      hideControls
      error={error}
      onChange={(next) => onChange(typeof next === 'number' ? next : 0)}
    />
  );
}
