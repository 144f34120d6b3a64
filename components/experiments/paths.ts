/** Addresses of this part of the console. Names fit into an address, so nothing needs escaping but what a person typed. */
export function experimentsPath(project: string): string {
  return `/${project}/experiments`;
}

export function experimentPath(project: string, experiment: string): string {
  return `${experimentsPath(project)}/${encodeURIComponent(experiment)}`;
}

export function runPath(project: string, run: { experiment: string; name: string }): string {
  return `${experimentPath(project, run.experiment)}/runs/${encodeURIComponent(run.name)}`;
}

export function launchPath(project: string, experiment: string, launch: string): string {
  return `${experimentPath(project, experiment)}/launches/${encodeURIComponent(launch)}`;
}

export function comparePath(project: string, experiment: string, runs: readonly string[]): string {
  return `${experimentPath(project, experiment)}/compare?runs=${runs.map(encodeURIComponent).join(',')}`;
}

export function versionPath(project: string, dataset: { name: string; number: number }): string {
  return `/${project}/datasets/${encodeURIComponent(dataset.name)}/${dataset.number}`;
}
