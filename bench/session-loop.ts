import ort from 'onnxruntime-node';

// The other reference: `session.run` of one row, again and again, with nothing around it.
const session = await ort.InferenceSession.create(process.argv[2] ?? '', { intraOpNumThreads: 1, interOpNumThreads: 1 });
process.on('disconnect', () => process.exit(0));
process.on('message', async ({ texts, seconds }: { texts: string[]; seconds: number }) => {
  const times: number[] = [];
  const until = performance.now() + seconds * 1000;
  for (let i = 0; performance.now() < until; i++) {
    const started = performance.now();
    await session.run({ body: new ort.Tensor('string', [texts[i % texts.length] ?? ''], [1]) });
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (q: number) => times[Math.floor(times.length * q)] ?? 0;
  process.send?.({ type: 'measured', p50: at(0.5), p99: at(0.99), perSecond: times.length / seconds });
});
process.send?.({ type: 'ready' });
