'use client';
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { CopyButton } from './copy-button.tsx';
import { ScrollRegion } from './scroll-region.tsx';
import s from './small.module.css';

/** Code to be copied, in one language or several. */
export function CodeBlock({ samples, label }: { samples: { name: string; code: string }[]; label: string }) {
  const [chosen, choose] = useState(samples[0]?.name ?? '');
  const sample = samples.find((candidate) => candidate.name === chosen) ?? samples[0];
  if (!sample) return null;
  return (
    <div className={s.code}>
      <div className={s.codeHead}>
        {samples.length > 1 ? (
          <SegmentedControl
            size="xs"
            aria-label={label}
            data={samples.map((x) => x.name)}
            value={sample.name}
            onChange={choose}
          />
        ) : (
          <span className="caption">{sample.name}</span>
        )}
        <CopyButton value={sample.code} word="Copy" />
      </div>
      <ScrollRegion label={`${label}, ${sample.name}`}>
        <pre className={s.pre}>
          <code>{sample.code}</code>
        </pre>
      </ScrollRegion>
    </div>
  );
}
