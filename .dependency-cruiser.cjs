/**
 * The import table of ARCHITECTURE.md as lint errors. `server/testing/rules.test.ts` plants a violation of each rule and
 * fails when one isn't caught.
 */
const SLICE = '^server/features/([^/]+)/';
const TESTS = '\\.(test|spec)\\.tsx?$';
const ROOTS = '^(server/trpc/root\\.ts|server/gateway/registry\\.ts|server/worker/registry\\.ts|server/cli/)';
const TYPES_ONLY = ['type-only'];

/** A file of one role (`*.router.ts`) of any slice. */
const role = (...names) => `^server/features/([^/]+)/.+\\.(${names.join('|')})\\.ts$`;

/** `from` may import only what `allowed` matches, and packages. */
function only(name, from, allowed, options = {}) {
  return {
    name,
    severity: 'error',
    comment: options.comment ?? `see the import table in ARCHITECTURE.md: ${name}`,
    from: { path: from, pathNot: options.fromNot ? [TESTS, ...options.fromNot] : TESTS },
    to: {
      path: '^(app|components|server|prisma|e2e|bench)/',
      pathNot: allowed,
      ...(options.typesFree ? { dependencyTypesNot: TYPES_ONLY } : {}),
    },
  };
}

/** `from` may not reach packages or folders that match `path`. */
function never(name, from, path, options = {}) {
  return {
    name,
    severity: 'error',
    comment: options.comment ?? `see the import table in ARCHITECTURE.md: ${name}`,
    from: { path: from, pathNot: options.fromNot ? [TESTS, ...options.fromNot] : TESTS },
    to: { path, ...(options.to ?? {}) },
  };
}

const CLIENT_SERVER = ['\\.schema\\.ts$', '^server/domain/', '^server/auth/roles\\.ts$'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^(next|server-only)' } },
    {
      name: 'no-homeless',
      severity: 'error',
      comment: 'a folder in no row of the import table',
      from: {
        path: '^(app|components|server|e2e)/',
        pathNot: [
          '^app/',
          '^components/(ui|charts|shell|screens|auth|projects|admin|audit|datasets|labeling|experiments|training|models|deployments|predictions|monitoring|home|evaluations|behaviour|fairness|explanations|record|cards|notifications)/',
          '^server/(config|errors|log)\\.ts$',
          '^server/(trpc|auth|features|domain|training|platform|worker|gateway|inference|cli|testing)/',
          '^e2e/',
        ],
      },
      to: {},
    },
    only('app', '^app/', ['^app/', '^components/', '^server/trpc/server\\.ts$', '^server/auth/roles\\.ts$'], {
      fromNot: ['^app/api/', 'layout\\.tsx$'],
    }),
    only('app-api', '^app/api/|^app/.*layout\\.tsx$', [
      '^app/',
      '^components/',
      '^server/(trpc|auth)/',
      '^server/(config|errors|log)\\.ts$',
      role('service', 'schema'),
      '^server/platform/(storage|db)/',
    ]),
    only('components-slice', '^components/(?!ui/|charts/|shell/|screens/)([^/]+)/', [
      '^components/$1/',
      '^components/(ui|charts|shell)/',
      ...CLIENT_SERVER,
      '^server/trpc/root\\.ts$',
    ]),
    only('components-screens', '^components/screens/', ['^components/', ...CLIENT_SERVER, '^server/trpc/root\\.ts$']),
    only('components-ui', '^components/ui/', ['^components/ui/', '^server/domain/']),
    only('components-charts', '^components/charts/', ['^components/(charts|ui)/', '^server/domain/']),
    only('components-shell', '^components/shell/', [
      '^components/(shell|ui)/',
      ...CLIENT_SERVER,
      '^server/trpc/root\\.ts$',
      '^server/platform/events/event\\.schema\\.ts$',
    ]),
    {
      name: 'components-root-router-type-only',
      severity: 'error',
      comment: 'the browser sees the type of the root router, never its code',
      from: { path: '^components/' },
      to: { path: '^server/trpc/root\\.ts$', dependencyTypesNot: TYPES_ONLY },
    },
    only('router', role('router'), [
      '^server/features/$1/.+\\.(schema|policy|service|router)\\.ts$',
      '^server/trpc/procedures\\.ts$',
      '^server/errors\\.ts$',
      '^server/domain/',
      '\\.schema\\.ts$',
      '^server/auth/(roles|actor)\\.ts$',
    ]),
    only('rest', role('rest'), [
      '^server/features/$1/.+\\.(schema|policy|service|rest)\\.ts$',
      '^server/gateway/plugin\\.ts$',
      '^server/errors\\.ts$',
      '^server/domain/',
      '^server/auth/(roles|actor)\\.ts$',
    ]),
    never(
      'router-rest-no-storage',
      role('router', 'rest'),
      '^(server/platform/|prisma/|node_modules/(pg|pg-boss|@prisma|@duckdb)/)|\\.repo\\.ts$',
    ),
    never('slices-through-services', SLICE, '^server/features/', {
      to: { pathNot: ['^server/features/$1/', '\\.service\\.ts$', '\\.schema\\.ts$'] },
    }),
    only('service-handler', role('service', 'handler', 'jobs'), [
      '^server/features/',
      '^server/(domain|platform|training)/',
      '^server/inference/client\\.ts$',
      '^server/auth/',
      '^server/(config|errors|log)\\.ts$',
    ]),
    never(
      'repo-is-the-only-place-with-sql',
      '^server/(features|trpc|gateway|worker|training|domain)/',
      '^(prisma/generated/|node_modules/(pg|@prisma)/)',
      {
        fromNot: ['\\.repo\\.ts$'],
        to: { dependencyTypesNot: TYPES_ONLY },
      },
    ),
    only('repo', role('repo'), [
      '^server/features/$1/.+\\.(repo|schema)\\.ts$',
      '^server/platform/(db|analytics)/',
      '^server/domain/',
      '^server/auth/(actor|roles)\\.ts$',
      '^server/errors\\.ts$',
      '^prisma/generated/',
    ]),
    only('domain', '^server/domain/', ['^server/domain/']),
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'no IO, no clock, no randomness in domain: they are passed in',
      from: { path: '^server/domain/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    // The search language is parsed with chevrotain, which is as pure as zod.
    never('domain-needs-only-zod', '^server/domain/(?!query/)', '^node_modules/(?!zod/)'),
    never('query-needs-only-chevrotain', '^server/domain/query/', '^node_modules/(?!(zod|chevrotain)/)'),
    only('schema', '\\.schema\\.ts$', ['\\.schema\\.ts$', '^server/domain/', '^server/auth/roles\\.ts$']),
    only('policy-view', role('policy', 'view'), [
      '^server/features/[^/]+/.+\\.(schema|policy|view)\\.ts$',
      '^server/domain/',
      '^server/auth/(roles|actor)\\.ts$',
      '^server/errors\\.ts$',
      '^prisma/generated/',
    ]),
    only('training', '^server/training/', ['^server/training/', '^server/domain/']),
    only('auth', '^server/auth/', [
      '^server/auth/',
      '^server/platform/',
      '\\.policy\\.ts$',
      '^server/(config|errors|log)\\.ts$',
      '^server/features/(people|projects|audit)/.+\\.(service|schema)\\.ts$',
      '^prisma/generated/',
    ]),
    only('platform', '^server/platform/', ['^server/platform/', '^server/(config|errors|log)\\.ts$', '^prisma/generated/']),
    only('inference', '^server/inference/', [
      '^server/(inference|domain)/',
      '^server/platform/storage/',
      '^server/(config|errors|log)\\.ts$',
    ]),
    only(
      'gateway',
      '^server/gateway/',
      ['^server/(gateway|inference|auth|domain)/', '^server/platform/', '^server/(config|errors|log)\\.ts$', '\\.schema\\.ts$'],
      { fromNot: ['^server/gateway/(registry|main)\\.ts$'] },
    ),
    never('composition-roots', '^(server|components|app)/', ROOTS, {
      fromNot: [ROOTS, '^server/(trpc/server|worker/main|gateway/main)\\.ts$', '^app/api/trpc/', '^server/testing/'],
      to: { dependencyTypesNot: TYPES_ONLY },
    }),
    never('testing-only-from-tests', '^(app|components|server|bench)/', '^server/testing/', { fromNot: ['^server/testing/'] }),
    never('e2e-only-http', '^e2e/', '^(server|components|app)/', { to: { dependencyTypesNot: TYPES_ONLY } }),
    {
      name: 'onnxruntime-in-one-file',
      severity: 'error',
      from: {
        path: '^(app|components|server)/',
        pathNot: [TESTS, '^server/inference/session\\.ts$', '^server/cli/doctor\\.ts$'],
      },
      to: { path: 'node_modules/onnxruntime-node/' },
    },
    {
      name: 'recharts-in-charts-draw',
      severity: 'error',
      from: { path: '^(app|components)/', pathNot: '^components/charts/draw/' },
      to: { path: 'node_modules/recharts/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|fixtures)(/|$)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
