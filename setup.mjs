/**
 * Prepares a clone: packages (with Node 24), generated code, the build, and for tests a browser.
 * Every `npm run` command calls this first. It imports nothing but Node itself, because nothing else
 * is there yet, and runs on the Node of the machine (>= 20.19). Each step is skipped when a stamp
 * says that its inputs haven't changed, so a second run costs well under a second.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 19];
const ROOT = dirname(fileURLToPath(import.meta.url));
const STATE = join(ROOT, '.run');
const LOCK = join(STATE, 'setup.lock');
const purpose = readPurpose(process.argv.slice(2));

/** A failure with one line for the person; nothing else is printed. */
class SetupError extends Error {}

function readPurpose(args) {
  const at = args.indexOf('--for');
  return at >= 0 && args[at + 1] ? args[at + 1] : 'start';
}

function say(text) {
  console.log(`· ${text}`);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new SetupError(`Node ${process.versions.node} is too old: Stagecraft needs Node 20.19 or newer (https://nodejs.org).`);
}

// --- one set-up at a time -----------------------------------------------------------------------

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Waits while another set-up of this clone works; a lock whose owner is gone is taken over. */
async function takeLock() {
  mkdirSync(STATE, { recursive: true });
  for (let said = false; ; ) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      process.on('exit', () => rmSync(LOCK, { force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(readText(LOCK));
    // An empty file is a lock being written at this moment; it counts as stale after two seconds.
    const stale = owner ? !alive(owner) : ageOf(LOCK) > 2000;
    if (stale) {
      rmSync(LOCK, { force: true });
      continue;
    }
    if (!said) say(`another set-up (process ${owner}) is at work in this folder; waiting for it`);
    said = true;
    await new Promise((done) => setTimeout(done, 500));
  }
}

function ageOf(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

// --- stamps -------------------------------------------------------------------------------------

function readText(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

function* walk(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* walk(join(path, name));
}

/** SHA-256 over the names and contents of files and folders below the root; tests don't count. */
function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of walk(join(ROOT, path))) {
      if (/\.test\.tsx?$/.test(file)) continue;
      hash
        .update(`${file.slice(ROOT.length)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

// --- running a step -----------------------------------------------------------------------------

const KNOWN_FAILURES = [
  [/ENOSPC|no space left/i, 'The disk is full: make room (the packages take about 2 GB) and run this again.'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network/i,
    'The npm registry could not be reached: check the network, or `npm config get registry`, and run this again.',
  ],
  [/\bE40[13]\b/, 'The npm registry refused access: check `npm config get registry` and its credentials.'],
  [/\bE404\b/, 'The npm registry lacks a package that package-lock.json names: check `npm config get registry`.'],
  [/EUSAGE/, 'package.json and package-lock.json disagree: run `npm install` once and commit the lock.'],
  [/EACCES|EPERM/, 'A file below this folder may not be written: check its owner and mode.'],
];

/**
 * Runs a program with its output kept back, printing how long it has taken every ten seconds.
 * @returns the output; throws SetupError with the known cause or the last lines.
 */
function runStep(title, command, args, env = {}) {
  say(title);
  const started = Date.now();
  return new Promise((done, failed) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-200_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const seconds = () => Math.round((Date.now() - started) / 1000);
    const timer = setInterval(() => say(`  ${title} … ${seconds()} s`), 10_000);
    const forward = (signal) => child.kill(signal);
    process.once('SIGINT', forward).once('SIGTERM', forward);
    const finish = () => {
      clearInterval(timer);
      process.off('SIGINT', forward).off('SIGTERM', forward);
    };
    child.on('error', (error) => {
      finish();
      failed(new SetupError(`${title}: ${command} could not be started (${error.message}).`));
    });
    child.on('close', (code, signal) => {
      finish();
      if (code === 0) {
        say(`  done in ${seconds()} s`);
        return done(output);
      }
      if (signal === 'SIGINT' || signal === 'SIGTERM') return failed(new SetupError('Stopped.'));
      const known = KNOWN_FAILURES.find(([pattern]) => pattern.test(output));
      const tail = output.trim().split('\n').slice(-80).join('\n');
      failed(new SetupError(known && command !== nodePath() ? known[1] : `${title} failed (exit code ${code}):\n${tail}`));
    });
  });
}

/** Node 24 from npm where it is installed, else this Node when it can run TypeScript itself. */
function nodePath() {
  const local = join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  return existsSync(local) ? local : process.execPath;
}

// --- the steps ----------------------------------------------------------------------------------

const NEEDED_GB = 2.5;
const INSTALL_STAMP = join(ROOT, 'node_modules', '.stagecraft-lock');

/** npm writes node_modules/.package-lock.json last: it tells whether an install is whole and of this lock. */
function installedByNpm() {
  try {
    const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(join(ROOT, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, entry]) => path === '' || entry.optional || entry.devOptional || present[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

/** On a full disk npm leaves optional packages out and says that all went well, so room is looked for first. */
function checkDisk() {
  const { bavail, bsize } = statfsSync(ROOT);
  const free = (bavail * bsize) / 1024 ** 3;
  if (free >= NEEDED_GB) return;
  throw new SetupError(
    `The disk has ${free.toFixed(1)} GB free, and the packages with the build take about ${NEEDED_GB} GB: make room and run this again.`,
  );
}

async function installPackages() {
  const lock = hashOf(['package-lock.json']);
  if (readText(INSTALL_STAMP) === lock) return;
  if (!installedByNpm()) {
    checkDisk();
    const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = process.env.npm_execpath;
    const [command, prefix] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
    await runStep('installing packages with npm ci (about a minute, 2 GB)', command, [...prefix, ...args], {
      ONNXRUNTIME_NODE_INSTALL: process.env.ONNXRUNTIME_NODE_INSTALL ?? 'skip',
    });
  }
  writeFileSync(INSTALL_STAMP, lock);
}

function checkBundledNode() {
  const version = spawnSync(nodePath(), ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return;
  throw new SetupError(
    `npm brought no Node 24 for ${process.platform}-${process.arch} (optional package "node"), and Node ${version || 'here'} can't run TypeScript: install Node 24 (https://nodejs.org).`,
  );
}

async function generateClient() {
  const stamp = join(ROOT, 'prisma', 'generated', '.stamp');
  const hash = hashOf(['prisma/schema', 'prisma.config.ts', 'package-lock.json']);
  if (readText(stamp) === hash && existsSync(join(ROOT, 'prisma/generated/client/client.ts'))) return;
  const prisma = join(ROOT, 'node_modules', 'prisma', 'build', 'index.js');
  await runStep('writing the database client (prisma generate)', nodePath(), [prisma, 'generate', '--schema', 'prisma/schema'], {
    // Any executable will do: generating is all WebAssembly, and this stops a download.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  });
  writeFileSync(stamp, hash);
}

const BUILD_INPUTS = [
  'app',
  'components',
  'server',
  'public',
  'prisma/schema',
  'proxy.ts',
  'instrumentation-client.ts',
  'next.config.js',
  'tsconfig.json',
  'package-lock.json',
];

async function buildConsole() {
  const output = join(ROOT, '.next');
  const stamp = join(output, '.stagecraft-build');
  const hash = hashOf(BUILD_INPUTS);
  if (readText(stamp) === hash && existsSync(join(output, 'BUILD_ID'))) return;
  if (consoleRuns()) return say('Stagecraft runs from this folder: its build is left as it is');
  rmSync(stamp, { force: true });
  const next = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
  await runStep('building the console (next build)', nodePath(), [next, 'build'], {
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production',
  });
  writeFileSync(stamp, hash);
}

/** A build replaced below a running console breaks its pages; the start that follows says that it runs. */
function consoleRuns() {
  const data = resolve(ROOT, process.env.STAGECRAFT_DATA || '.data');
  try {
    const run = JSON.parse(readFileSync(join(data, 'run.json'), 'utf8'));
    return alive(run.processes.console.pid) && alive(run.processes.supervisor.pid);
  } catch {
    return false;
  }
}

// --- a browser for the tests --------------------------------------------------------------------

const BROWSER_NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome', 'microsoft-edge'];
const BROWSER_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  '/snap/bin/chromium',
];

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function installedBrowser() {
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':').filter(Boolean);
  const candidates = BROWSER_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...BROWSER_PLACES].find(isProgram);
}

function playwrightBrowser() {
  const ask = "import('playwright-core').then((p) => process.stdout.write((p.chromium ?? p.default.chromium).executablePath()))";
  const path = spawnSync(nodePath(), ['-e', ask], { cwd: ROOT, encoding: 'utf8' }).stdout?.trim();
  return path && isProgram(path) ? path : undefined;
}

async function findBrowser() {
  const file = join(STATE, 'browser');
  const named = process.env.STAGECRAFT_CHROME;
  if (named && !isProgram(named)) throw new SetupError(`STAGECRAFT_CHROME names ${named}, which is no program.`);
  const found = named ?? installedBrowser() ?? playwrightBrowser() ?? (await aptBrowser());
  if (!found) {
    throw new SetupError(
      'The browser tests need Chrome or Chromium: install one, run `npx playwright install chromium`, or name it in STAGECRAFT_CHROME.',
    );
  }
  if (readText(file) !== found) say(`browser for the tests: ${found}`);
  writeFileSync(file, `${found}\n`);
}

async function aptBrowser() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  await runStep('installing Chromium with apt-get', 'sh', [
    '-c',
    'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium',
  ]);
  return installedBrowser();
}

// ------------------------------------------------------------------------------------------------

const BUILDS = new Set(['demo', 'start', 'test', 'screens', 'bench']);
const BROWSES = new Set(['test', 'screens']);

async function main() {
  checkNode();
  await takeLock();
  await installPackages();
  checkBundledNode();
  if (purpose !== 'doctor') await generateClient();
  if (BUILDS.has(purpose)) await buildConsole();
  if (BROWSES.has(purpose)) await findBrowser();
}

main().catch((error) => {
  const full = error.code === 'ENOSPC' ? 'The disk is full: make room and run this again.' : undefined;
  console.error(full ?? (error instanceof SetupError ? error.message : (error.stack ?? String(error))));
  process.exitCode = 1;
});
