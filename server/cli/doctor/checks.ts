import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { config } from '#server/config.ts';
import { messageOf } from '#server/errors.ts';
import { migrationState } from '#server/platform/db/migrate.ts';
import { findBinaries } from '#server/platform/postgres/binaries.ts';
import { findEmbedded } from '#server/platform/postgres/embedded.ts';
import { identityFor } from '#server/platform/postgres/identity.ts';
import { recordProtection } from '#server/platform/postgres/protect.ts';
import { lockOwner } from '#server/platform/processes/data-lock.ts';
import { isPortFree } from '#server/platform/processes/ports.ts';
import { readRunFile } from '../supervisor/run-file.ts';

/** `bad` stops something from working; `note` is worth knowing. */
export type Finding = { name: string; state: 'ok' | 'note' | 'bad'; text: string };

type Check = () => Finding | Promise<Finding> | Promise<Finding[]> | Finding[];

const ROOT = join(import.meta.dirname, '..', '..', '..');
const LEAST_FREE_GB = 2;

const ok = (name: string, text: string): Finding => ({ name, state: 'ok', text });
const note = (name: string, text: string): Finding => ({ name, state: 'note', text });
const bad = (name: string, text: string): Finding => ({ name, state: 'bad', text });

/** Looks at everything that Stagecraft needs. @param providers the execution providers that ONNX Runtime has here */
export async function runChecks(providers: () => Promise<{ name: string; bundled: boolean }[]>): Promise<Finding[]> {
  const checks: [string, Check][] = [
    ['Node', node],
    ['packages', packages],
    ['console', build],
    ['data folder', dataFolder],
    ['disk', disk],
    ['running', running],
    ['PostgreSQL', postgres],
    ['schema', schema],
    ['record', record],
    ['ports', ports],
    ['certificate', certificate],
    ['inference', () => inference(providers)],
  ];
  const findings: Finding[] = [];
  for (const [name, check] of checks) {
    try {
      findings.push(...[await check()].flat());
    } catch (error) {
      findings.push(bad(name, messageOf(error)));
    }
  }
  return findings;
}

function node(): Finding {
  return ok('Node', `${process.versions.node} at ${process.execPath}`);
}

function packages(): Finding {
  const missing = ['next', '@prisma/client', '@duckdb/node-api', 'onnxruntime-node', 'pg-boss'].filter(
    (name) => !existsSync(join(ROOT, 'node_modules', name)),
  );
  if (missing.length) return bad('packages', `missing: ${missing.join(', ')}; run npm ci`);
  const version = (createRequire(import.meta.url)('next/package.json') as { version: string }).version;
  return ok('packages', `installed (Next ${version})`);
}

function build(): Finding {
  return existsSync(join(ROOT, '.next', 'BUILD_ID'))
    ? ok('console', 'built')
    : note('console', 'not built yet; npm start builds it');
}

function dataFolder(): Finding {
  if (!existsSync(config.dataDir)) return note('data folder', `${config.dataDir} is made at the first start`);
  const probe = join(config.dataDir, `.doctor-${process.pid}`);
  mkdirSync(config.objectsDir, { recursive: true, mode: 0o700 });
  writeFileSync(probe, 'x', { mode: 0o600, flush: true });
  rmSync(probe);
  return ok('data folder', `${config.dataDir} can be written`);
}

function disk(): Finding {
  const stats = statfsSync(existsSync(config.dataDir) ? config.dataDir : ROOT);
  const free = (stats.bavail * stats.bsize) / 1024 ** 3;
  const text = `${free.toFixed(1)} GB free`;
  return free < LEAST_FREE_GB ? bad('disk', `${text}; make room, at least ${LEAST_FREE_GB} GB`) : ok('disk', text);
}

function running(): Finding {
  const owner = lockOwner(config.dataDir);
  if (!owner) return note('running', 'no; npm start starts it');
  const run = readRunFile(config.dataDir);
  const where = run ? `: console ${run.console}, gateway ${run.gateway}` : '';
  return ok('running', `\`${owner.what}\`, process ${owner.pid}${where}`);
}

function postgres(): Finding {
  if (config.databaseUrl) return ok('PostgreSQL', `the one that DATABASE_URL names (${new URL(config.databaseUrl).host})`);
  const { postgres: program, folder } = findBinaries();
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
  const { owner } = identityFor([config.dataDir, folder]);
  return ok('PostgreSQL', `embedded, ${version}${owner ? `, runs as user ${owner.uid}` : ''}`);
}

async function schema(): Promise<Finding> {
  const url = config.databaseUrl ?? (await findEmbedded(config.dataDir))?.url;
  if (!url) return note('schema', 'the database does not run now; a start brings it up to date');
  const state = await migrationState(url);
  if (state.unknown.length)
    return bad('schema', `the database is newer than this code (${state.unknown.join(', ')}): update the code`);
  if (state.failed.length || state.changed.length)
    return bad('schema', `migration ${[...state.failed, ...state.changed][0]} is not what this code has`);
  return state.pending.length
    ? note('schema', `${state.pending.length} migrations to apply; a start does it`)
    : ok('schema', 'current');
}

async function record(): Promise<Finding> {
  const url = config.databaseUrl ?? (await findEmbedded(config.dataDir))?.url;
  if (!url) return note('record', 'the database does not run now; a start protects the audit log');
  const { protected: holds, role, can } = await recordProtection(url);
  if (holds) return ok('record', `the role ${role} can append to the audit log and can't change it`);
  const what = can.length > 3 ? `${can.slice(0, 3).join(', ')} and ${can.length - 3} more` : can.join(', ');
  return note(
    'record',
    `the role ${role} could take the triggers off that protect the audit log (it may ${what}); docs/record.md says how to take that away. Changes would still be found.`,
  );
}

async function ports(): Promise<Finding[]> {
  const run = lockOwner(config.dataDir) ? readRunFile(config.dataDir) : undefined;
  const wanted: [string, number][] = [
    ['console', config.consolePort],
    ['gateway', config.gatewayPort],
  ];
  return Promise.all(
    wanted.map(async ([name, port]) => {
      if (run?.processes[name]?.port === port) return ok('ports', `${port} (${name}): in use by this installation`);
      return (await isPortFree(port, config.host))
        ? ok('ports', `${port} (${name}): free`)
        : note('ports', `${port} (${name}): taken; the next free one is used`);
    }),
  );
}

function certificate(): Finding {
  if (!config.tls)
    return note('certificate', 'none: console and gateway speak HTTP (STAGECRAFT_TLS_CERT and STAGECRAFT_TLS_KEY)');
  const missing = [config.tls.certFile, config.tls.keyFile].filter((file) => !existsSync(file));
  return missing.length ? bad('certificate', `${missing.join(' and ')} can't be found`) : ok('certificate', config.tls.certFile);
}

async function inference(providers: () => Promise<{ name: string; bundled: boolean }[]>): Promise<Finding> {
  const present = await providers();
  const usable = config.executionProviders.filter((name) =>
    present.some((provider) => provider.name === name && provider.bundled),
  );
  const all = present.map((provider) => `${provider.name}${provider.bundled ? '' : ' (not installed)'}`).join(', ');
  if (!usable.length) return bad('inference', `none of ${config.executionProviders.join(', ')} is here; ONNX Runtime has ${all}`);
  return ok('inference', `tries ${config.executionProviders.join(', ')} in this order; ONNX Runtime has ${all}`);
}
