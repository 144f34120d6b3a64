import { defineConfig } from 'vitest/config';

const DATABASE_TESTS = '**/*.db.test.ts';
const env = {
  NODE_ENV: 'test' as const,
  STAGECRAFT_LOG_LEVEL: 'silent',
  STAGECRAFT_SECRET: 'a secret for tests, long enough to pass',
};

/** `unit` needs nothing; `db` gets an embedded PostgreSQL, whose migrated template each test file clones. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{server,components,app}/**/*.test.{ts,tsx}'],
          exclude: [DATABASE_TESTS, '**/node_modules/**'],
          env,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'db',
          include: [`server/${DATABASE_TESTS}`],
          env,
          globalSetup: ['server/testing/database-server.ts'],
          setupFiles: ['server/testing/database-clone.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
