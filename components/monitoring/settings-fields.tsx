'use client';
import { NumberInput, SegmentedControl } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { MonitorSettings } from '#server/features/monitoring/monitors.schema.ts';
import s from './monitoring.module.css';
import { LIMITS } from './settings-words.ts';

const DECIMALS = 3;

/** How a monitor cuts time and when it calls a difference drift, each limit with where its usual value comes from. */
export function SettingsFields({ form }: { form: UseFormReturnType<MonitorSettings> }) {
  return (
    <div className={s.settings}>
      <div className={s.setting}>
        <div>
          <p className="strong" id="window-label">
            Windows
          </p>
          <p className="caption">By event time, in UTC; weeks begin on Monday.</p>
        </div>
        <div className={s.settingInputs}>
          <SegmentedControl
            aria-labelledby="window-label"
            data={[
              { value: 'day', label: 'Day' },
              { value: 'week', label: 'Week' },
            ]}
            {...form.getInputProps('window')}
          />
          <NumberInput
            label="Requests at least"
            min={10}
            max={1_000_000}
            allowDecimal={false}
            {...form.getInputProps('minRows')}
          />
        </div>
      </div>
      {LIMITS.map((limit) => (
        <fieldset key={limit.key} className={s.setting}>
          <div>
            <legend className="strong">{limit.title}</legend>
            <p className="caption">
              {limit.what} {limit.source}
            </p>
            {typeof form.errors[limit.key] === 'string' && <p className="caption bad">{form.errors[limit.key]}</p>}
          </div>
          <div className={s.settingInputs}>
            <NumberInput
              label="Possible from"
              min={0}
              max={10}
              step={limit.step}
              decimalScale={DECIMALS}
              {...form.getInputProps(`${limit.key}.possible`)}
            />
            <NumberInput
              label="Drift from"
              min={0}
              max={10}
              step={limit.step}
              decimalScale={DECIMALS}
              {...form.getInputProps(`${limit.key}.drift`)}
            />
          </div>
        </fieldset>
      ))}
    </div>
  );
}
