import '/work/main/scripts/source.mjs';
const { compile, print } = await import('/work/main/index.node.ts');
const { adam, schedules } = await import('/work/main/plugins/optimizers/index.ts');
const { fit, oneHot, accuracy, batches } = await import('/work/main/plugins/training/index.ts');
const { loadDigits } = await import('/work/main/examples/digits/data.ts');
const { makeModel } = await import('/work/main/examples/digits/model.ts');
let t = performance.now();
const { train, test } = loadDigits();
console.log('load', performance.now() - t);
const backend = process.env.BACKEND ?? 'wasm';
const labels = oneHot(train.labels, 10);
const images = { data: train.images, shape: [train.count, 784], dtype: 'float32' };
for (const cfg of JSON.parse(process.argv[2])) {
  const { hidden, epochs = 5, batchSize = 128, rate = 0.001, decay = 'none', seed = 1 } = cfg;
  const m = makeModel(hidden);
  const steps = Math.ceil(60000 / batchSize) * epochs;
  const learningRate = decay === 'cos' ? schedules.cosineDecay({ initial: rate, decaySteps: steps }) : decay === 'lin' ? schedules.linearDecay({ initial: rate, decaySteps: steps }) : rate;
  t = performance.now();
  const step = await compile({ loss: m.loss }, { backend, seed, updates: adam({ learningRate }).minimize(m.loss) });
  const evalp = await compile({ p: m.probabilities }, { variables: step.variables });
  if (cfg.plan) console.log(print(step.planFor({ batch: batchSize })));
  const accs = [];
  const t0 = performance.now();
  await fit(step, { images, labels }, { epochs, batchSize, seed, onEpoch: async ({ metrics }) => {
    let right = 0;
    for (let i = 0; i < 10000; i += 1000) {
      const { p } = await evalp.run({ images: test.images.subarray(i * 784, (i + 1000) * 784) });
      right += accuracy(test.labels.subarray(i, i + 1000), p) * 1000;
    }
    accs.push((right / 100).toFixed(2) + '@' + ((performance.now() - t0) / 1000).toFixed(1));
  } });
  console.log(JSON.stringify(cfg), ((performance.now() - t) / 1000).toFixed(1), accs.join(' '));
  step.dispose(); evalp.dispose();
}
