'use client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

export type ProjectInfo = { name: string; title: string; role: string | null; scopes: readonly string[] };
export type Project = { name: string; title: string; role: string | null; can: (scope: string) => boolean };

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
    return { name: info.name, title: info.title, role: info.role, can: (scope) => scopes.has(scope) };
  }, [info]);
  return <ProjectContext.Provider value={project}>{children}</ProjectContext.Provider>;
}
