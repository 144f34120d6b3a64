import { runChecks } from './doctor/checks.ts';
import { runCommand } from './run-command.ts';

/** `npm run doctor`: what is here, what is not, and what to do about it. Starts nothing that stays. */
await runCommand(async () => {
  const findings = await runChecks(async () => (await import('onnxruntime-node')).listSupportedBackends());
  const width = Math.max(...findings.map((finding) => finding.name.length));
  for (const { name, state, text } of findings) {
    console.log(`${{ ok: '✓', note: '·', bad: '✗' }[state]} ${name.padEnd(width)}  ${text}`);
  }
  const bad = findings.filter((finding) => finding.state === 'bad').length;
  console.log(bad ? `\n${bad} thing${bad === 1 ? '' : 's'} to mend` : '\nall well');
  return bad ? 1 : 0;
});
