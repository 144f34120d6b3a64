import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { DomainError } from '#server/errors.ts';
import { listHeads, readHeadsFile, signHead } from '#server/features/audit/heads.service.ts';
import { exportProof, verifyProof } from '#server/features/audit/proof.service.ts';
import { type Verified, verifyChain } from '#server/features/audit/verification.service.ts';
import { option, runCommand, say } from './run-command.ts';
import { withDatabase } from './with-database.ts';

const USAGE = `npm run audit -- verify [--heads FILE] [--file EXPORT]   checks every entry; ends with 1 when something was tampered with
npm run audit -- export [--out FILE]                     the whole record with its hashes, a line of JSON each
npm run audit -- heads [--sign] [--out FILE]             the signed heads, to keep elsewhere`;

/** `npm run audit`: the record from outside. Nothing here needs the console to run. */
await runCommand(async () => {
  const [verb, ...args] = process.argv.slice(2);
  if (verb === 'verify') return verify(option(args, 'heads'), option(args, 'file'));
  const out = option(args, 'out');
  if (verb === 'export') {
    const lines = await withDatabase('npm run audit', () => writing(out, exportProof));
    if (out) say(`${lines.toLocaleString('en')} entries written to ${resolve(out)}`);
    return 0;
  }
  if (verb === 'heads') {
    await withDatabase('npm run audit', () => writing(out, (write) => heads(args.includes('--sign'), write)));
    return 0;
  }
  throw new DomainError('INVALID', USAGE);
});

async function heads(sign: boolean, write: (text: string) => Promise<void>): Promise<void> {
  if (sign) await signHead(new Date());
  for (const head of await listHeads()) await write(`${JSON.stringify(head)}\n`);
}

async function verify(headsFrom: string | undefined, file: string | undefined): Promise<number> {
  const given = headsFrom ? await readHeadsFile(headsFrom) : [];
  const started = performance.now();
  let shown = started;
  const result = file
    ? await verifyProof(file, given)
    : await withDatabase('npm run audit', () =>
        verifyChain({
          heads: given,
          onProgress: (done, total) => {
            if (performance.now() - shown < 2_000) return;
            shown = performance.now();
            say(`${done.toLocaleString('en')} of ${total.toLocaleString('en')}`);
          },
        }),
      );
  report(result, (performance.now() - started) / 1_000);
  return result.problemCount > 0 ? 1 : 0;
}

function report(result: Verified, seconds: number): void {
  const looked = `${result.entries.toLocaleString('en')} entries and ${result.heads} signed heads were checked in ${seconds.toFixed(1)} s`;
  if (result.problemCount === 0) {
    console.log(`The record is unbroken: ${looked}.`);
    console.log(`It ends at entry ${result.lastSeq} with ${result.lastHash}.`);
    return;
  }
  for (const { kind, entryId, sentence } of result.problems)
    console.log(`✗ ${kind}  ${sentence}${entryId ? ` [${entryId}]` : ''}`);
  const more = result.problemCount - result.problems.length;
  if (more > 0) console.log(`  … and ${more} more`);
  console.log(
    `\nThe record was tampered with in ${result.problemCount} place${result.problemCount === 1 ? '' : 's'}; ${looked}.`,
  );
}

async function writing<T>(out: string | undefined, fn: (write: (text: string) => Promise<void>) => Promise<T>): Promise<T> {
  const sink = out ? createWriteStream(out, { mode: 0o600 }) : process.stdout;
  const result = await fn(async (text) => {
    if (!sink.write(text)) await once(sink, 'drain');
  });
  if (out) {
    sink.end();
    await once(sink, 'close');
  }
  return result;
}
