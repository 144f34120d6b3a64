'use client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { StageNames } from '#components/ui/stage-names.tsx';
import type { Stage } from '#server/domain/stages.schema.ts';
import { ascending, pipsOf } from '#server/domain/stages.ts';

export type ProjectInfo = {
  name: string;
  title: string;
  role: string | null;
  scopes: readonly string[];
  stages: readonly Stage[];
};
export type Project = {
  name: string;
  title: string;
  role: string | null;
  can: (scope: string) => boolean;
  /** The project's stages in their order. */
  stages: readonly Stage[];
};

const ProjectContext = createContext<Project | null>(null);

/** The project that the address names, and what the person may do there. */
export function useProject(): Project {
  const project = useContext(ProjectContext);
  if (!project) throw new Error('useProject works only below a project’s layout.');
  return project;
}

export function ProjectProvider({ info, children }: { info: ProjectInfo; children: ReactNode }) {
  const project = useMemo<Project>(() => {
    const scopes = new Set(info.scopes);
    return { name: info.name, title: info.title, role: info.role, can: (scope) => scopes.has(scope), stages: info.stages };
  }, [info]);
  const looks = useMemo(() => looksOf(info.stages), [info.stages]);
  return (
    <ProjectContext.Provider value={project}>
      <StageNames.Provider value={looks}>{children}</StageNames.Provider>
    </ProjectContext.Provider>
  );
}

function looksOf(stages: readonly Stage[]) {
  return new Map(
    ascending(stages).map(({ name, title }) => [name, { title, ...(pipsOf(stages, name) ?? { filled: 0, of: 3 }) }]),
  );
}
