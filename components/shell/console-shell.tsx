'use client';
import { useDisclosure } from '@mantine/hooks';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useKeys } from '#components/ui/keys.tsx';
import { Bell } from './bell.tsx';
import { CommandPalette, palette } from './command-palette.tsx';
import { KeysHelp } from './keys-help.tsx';
import { LiveProvider } from './live.tsx';
import { Nav } from './nav.tsx';
import { isFocusPath } from './nav-items.ts';
import type { Person } from './person-menu.tsx';
import { type ProjectInfo, ProjectProvider } from './project-context.tsx';
import { RegionBoundary } from './region-boundary.tsx';
import s from './shell.module.css';
import { HelpButton, NeedsYou, ProjectSwitch, SearchButton, TopBar } from './top-bar.tsx';
import { useNotes } from './use-notes.ts';

type ShellProps = { person: Person; project: ProjectInfo; projects: { name: string; title: string }[]; children: ReactNode };

/** The wings (top bar, journey) and the stage on which a page stands, for one project. */
export function ConsoleShell(props: ShellProps) {
  return (
    <ProjectProvider info={props.project}>
      <LiveProvider project={props.project.name}>
        <Frame {...props} />
      </LiveProvider>
    </ProjectProvider>
  );
}

function Frame({ person, project, projects, children }: ShellProps) {
  const path = usePathname();
  const [help, { open, close }] = useDisclosure(false);
  const { notes, needsYou } = useNotes(project.name);
  useKeys([
    { keys: 'mod+K', label: 'Search or run a command', group: 'Everywhere', run: palette.open },
    { keys: 'shift+?', label: 'Show these keys', group: 'Everywhere', run: open },
  ]);
  const overlays = (
    <>
      <KeysHelp opened={help} onClose={close} />
      <CommandPalette projects={projects} />
    </>
  );
  if (isFocusPath(path))
    return (
      <>
        {
          <RegionBoundary key={path} what="This page">
            {children}
          </RegionBoundary>
        }
        {overlays}
      </>
    );
  return (
    <div className={s.frame}>
      <a href="#stage" className={s.skip}>
        Skip to the page
      </a>
      <TopBar
        person={person}
        standing={project.role}
        home={`/${project.name}`}
        middle={
          <>
            <ProjectSwitch title={project.title} name={project.name} projects={projects} />
            <SearchButton onOpen={palette.open} />
          </>
        }
      >
        <NeedsYou href={`/${project.name}#needs-you`} count={needsYou} />
        <Bell />
        <HelpButton onOpen={open} />
      </TopBar>
      <Nav notes={notes} />
      <main id="stage" className={s.stage} tabIndex={-1}>
        <RegionBoundary key={path} what="This page">
          {children}
        </RegionBoundary>
      </main>
      {overlays}
    </div>
  );
}

/** The same frame where there is no project: the list of projects, administration. */
export function PlainShell({ person, children }: { person: Person; children: ReactNode }) {
  return (
    <div className={s.plainFrame}>
      <a href="#stage" className={s.skip}>
        Skip to the page
      </a>
      <TopBar person={person} standing={null} home="/">
        <Bell />
      </TopBar>
      <main id="stage" className={s.stage} tabIndex={-1}>
        <RegionBoundary what="This page">{children}</RegionBoundary>
      </main>
    </div>
  );
}
