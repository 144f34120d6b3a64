'use client';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** Copies `value`. With a `word` a small button, without one an icon. */
export function CopyButton({ value, label = 'Copy', word }: { value: string; label?: string; word?: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  const said = clipboard.copied ? 'Copied' : label;
  if (word !== undefined) {
    return (
      <Button
        size="xs"
        variant="subtle"
        leftSection={<Icon size={14} stroke={1.75} aria-hidden />}
        onClick={() => clipboard.copy(value)}
      >
        {clipboard.copied ? 'Copied' : word}
      </Button>
    );
  }
  return (
    <Tooltip label={said}>
      <ActionIcon size={22} aria-label={said} onClick={() => clipboard.copy(value)}>
        <Icon size={14} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}
