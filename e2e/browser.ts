import { readFileSync } from 'node:fs';

/** Flags that keep a headless Chromium quiet where there is no network, and runnable as root in a container. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser that the set-up found (see setup.mjs), and the flags to start it with. */
export function findBrowser(): { path: string | undefined; args: string[] } {
  const asRoot = process.getuid?.() === 0;
  return { path: named() ?? found(), args: asRoot ? ['--no-sandbox', ...FLAGS] : FLAGS };
}

function named(): string | undefined {
  return process.env.STAGECRAFT_CHROME || undefined;
}

function found(): string | undefined {
  try {
    return readFileSync('.run/browser', 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
