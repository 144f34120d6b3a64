'use client';
import { useMantineColorScheme } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { type Command, useRegisteredCommands } from './commands.tsx';
import { FOOT, HOME, JOURNEY } from './nav-items.ts';
import { useObjectSearch } from './object-search.ts';
import { useProject } from './project-context.tsx';

export const [paletteStore, palette] = createSpotlight();

const action = (command: Command) => ({
  id: command.id,
  label: command.label,
  description: command.description,
  leftSection: command.icon,
  onClick: command.run,
});

/** Ctrl-K: things of the project by name, the acts of the page, every place, and the switches of the console. */
export function CommandPalette({ projects }: { projects: { name: string; title: string }[] }) {
  const router = useRouter();
  const project = useProject();
  const { setColorScheme } = useMantineColorScheme();
  const [query, setQuery] = useState('');
  const found = useObjectSearch(project.name, query);
  const places = [HOME, ...JOURNEY, ...FOOT]
    .filter((item) => item.scope === undefined || project.can(item.scope))
    .map((item) => ({
      id: `go-${item.key}`,
      label: item.label,
      leftSection: <item.icon size={16} stroke={1.75} aria-hidden />,
      onClick: () => router.push(`/${project.name}${item.path}`),
    }));
  const groups: SpotlightActionGroupData[] = [
    { group: 'This page', actions: useRegisteredCommands().map(action) },
    {
      group: 'Found',
      actions: found.map((hit) => ({
        id: hit.href,
        label: hit.label,
        description: hit.kind,
        keywords: query,
        onClick: () => router.push(hit.href),
      })),
    },
    { group: 'Go to', actions: places },
    {
      group: 'Projects',
      actions: projects
        .filter((other) => other.name !== project.name)
        .map((other) => ({
          id: `project-${other.name}`,
          label: other.title,
          description: other.name,
          onClick: () => router.push(`/${other.name}`),
        })),
    },
    {
      group: 'Console',
      actions: [
        {
          id: 'light',
          label: 'Light colours',
          leftSection: <IconSun size={16} stroke={1.75} aria-hidden />,
          onClick: () => setColorScheme('light'),
        },
        {
          id: 'dark',
          label: 'Dark colours',
          leftSection: <IconMoon size={16} stroke={1.75} aria-hidden />,
          onClick: () => setColorScheme('dark'),
        },
      ],
    },
  ];
  return (
    <Spotlight
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
      store={paletteStore}
      actions={groups.filter((group) => group.actions.length > 0)}
      shortcut={null}
      centered={false}
      yOffset={96}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      query={query}
      onQueryChange={setQuery}
      nothingFound="Nothing of this project has that name."
      highlightQuery
      scrollable
      maxHeight={420}
      limit={20}
      size={560}
      radius="md"
      searchProps={{
        leftSection: <IconSearch size={16} stroke={1.75} aria-hidden />,
        placeholder: 'Search or run a command',
        'aria-label': 'Search or run a command',
      }}
    />
  );
}
