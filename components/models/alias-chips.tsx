'use client';
import { IconShieldCheck } from '@tabler/icons-react';
import { Chip } from '#components/ui/chip.tsx';

/** The aliases of a version as quiet chips; a protected one wears a shield. */
export function AliasChips({ aliases }: { aliases: readonly { name: string; protected: boolean }[] }) {
  return aliases.map((alias) => (
    <Chip key={alias.name} tone={alias.protected ? 'accent' : 'outline'}>
      {alias.protected && (
        <>
          <IconShieldCheck size={12} stroke={1.75} aria-hidden /> <span className="sr-only">protected alias</span>
        </>
      )}
      @{alias.name}
    </Chip>
  ));
}
