import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** One violation for each row of the import table: the file that sins, and what it may not import. */
const VIOLATIONS: [rule: string, from: string, to: string][] = [
  ['app', 'app/page.tsx', 'server/platform/db/client.ts'],
  ['app-api', 'app/api/x/route.ts', 'server/features/datasets/datasets.repo.ts'],
  ['components-slice', 'components/datasets/list.tsx', 'components/labeling/list.tsx'],
  ['components-slice', 'components/models/list.tsx', 'server/features/models/models.service.ts'],
  ['components-screens', 'components/screens/home.tsx', 'server/platform/db/client.ts'],
  ['components-ui', 'components/ui/table.tsx', 'components/shell/nav.tsx'],
  ['components-charts', 'components/charts/draw/line.tsx', 'components/shell/nav.tsx'],
  ['components-shell', 'components/shell/bar.tsx', 'components/datasets/list.tsx'],
  ['components-root-router-type-only', 'components/shell/trpc.tsx', 'server/trpc/root.ts'],
  ['router', 'server/features/datasets/a.router.ts', 'server/features/labeling/labeling.service.ts'],
  ['router-rest-no-storage', 'server/features/datasets/b.router.ts', 'server/platform/storage/objects.ts'],
  ['rest', 'server/features/datasets/a.rest.ts', 'server/platform/queue/queue.ts'],
  ['slices-through-services', 'server/features/models/a.service.ts', 'server/features/datasets/datasets.repo.ts'],
  ['service-handler', 'server/features/models/b.service.ts', 'server/trpc/procedures.ts'],
  ['service-handler', 'server/features/models/c.handler.ts', 'server/inference/session.ts'],
  ['repo', 'server/features/models/a.repo.ts', 'server/platform/queue/queue.ts'],
  ['repo-is-the-only-place-with-sql', 'server/features/models/d.service.ts', 'prisma/generated/client/client.ts'],
  ['domain', 'server/domain/a.ts', 'server/config.ts'],
  ['schema', 'server/features/models/a.schema.ts', 'server/features/models/models.service.ts'],
  ['policy-view', 'server/features/models/a.policy.ts', 'server/platform/db/client.ts'],
  ['training', 'server/training/a.ts', 'server/platform/storage/objects.ts'],
  ['auth', 'server/auth/a.ts', 'server/features/datasets/datasets.service.ts'],
  ['platform', 'server/platform/db/a.ts', 'server/features/datasets/datasets.service.ts'],
  ['inference', 'server/inference/a.ts', 'server/features/datasets/datasets.service.ts'],
  ['gateway', 'server/gateway/a.ts', 'server/features/datasets/datasets.service.ts'],
  ['composition-roots', 'server/features/models/e.service.ts', 'server/trpc/root.ts'],
  ['testing-only-from-tests', 'server/features/models/f.service.ts', 'server/testing/factories.ts'],
  ['e2e-only-http', 'e2e/a.ts', 'server/features/models/models.service.ts'],
  ['no-homeless', 'server/somewhere/a.ts', 'server/config.ts'],
  ['no-homeless', 'components/misc/a.tsx', 'components/ui/table.tsx'],
];

type Report = { summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] } };

let root: string;
let report: Report;

async function plant(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text, { flag: 'a' });
}

function byRelativePath(from: string, to: string): string {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

const ROLE_OR_EXTENSION = /((?:\.(?:router|rest|service|repo|handler|schema|policy))?\.tsx?)$/;
const aliased = (path: string) => path.replace(ROLE_OR_EXTENSION, '-aliased$1');

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'stagecraft-rules-'));
  for (const file of ['tsconfig.json', 'package.json', '.dependency-cruiser.cjs']) await cp(file, join(root, file));
  await symlink(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  for (const [, from, to] of VIOLATIONS) {
    await plant(to, 'export const planted = 1;\n');
    await plant(from, `import { planted } from '${byRelativePath(from, to)}';\nexport const used = planted;\n`);
    await plant(aliased(from), `import { planted } from '#${to}';\nexport const used = planted;\n`);
  }
  await plant('server/domain/io.ts', "import { readFile } from 'node:fs/promises';\nexport const read = readFile;\n");
  await plant('components/home/chart.tsx', "import { LineChart } from 'recharts';\nexport const Chart = LineChart;\n");
  await plant(
    'server/inference/other.ts',
    "import { InferenceSession } from 'onnxruntime-node';\nexport const S = InferenceSession;\n",
  );
  const bin = join(process.cwd(), 'node_modules/.bin/depcruise');
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'app', 'components', 'server', 'e2e'];
  const run = promisify(execFile)(bin, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  const { stdout } = await run.catch((failure: { stdout: string }) => failure);
  report = JSON.parse(stdout) as Report;
}, 60_000);

afterAll(() => rm(root, { recursive: true, force: true }));

describe('the import rules bite', () => {
  it('saw the planted modules', () => {
    expect(report.summary.totalCruised).toBeGreaterThan(VIOLATIONS.length);
  });

  const found = (rule: string, from: string) =>
    report.summary.violations.some((violation) => violation.rule.name === rule && violation.from === from);

  it.each(VIOLATIONS)('%s: %s may not import %s, by relative path or by alias', (rule, from) => {
    expect(found(rule, from), 'by relative path').toBe(true);
    expect(found(rule, aliased(from)), 'by alias').toBe(true);
  });

  it.each([
    ['domain-is-pure', 'server/domain/io.ts'],
    ['recharts-in-charts-draw', 'components/home/chart.tsx'],
    ['onnxruntime-in-one-file', 'server/inference/other.ts'],
  ])('%s catches a package in %s', (rule, from) => {
    expect(found(rule, from)).toBe(true);
  });
});
