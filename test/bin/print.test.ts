/** Every stage of a graph in every format. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instance } from '@viz-js/viz';
import { expect } from 'chai';
import { Graph } from '../../index.node.ts';
import { add, matMul, mean, mul, square, tanh } from '../../ops/index.ts';
import { builtin } from '../../plugins/builtin.ts';
import { glorotUniform } from '../../plugins/initializers/index.ts';
import { FULL } from '../support/effort.ts';
import { expectRefusals, retrograph, temporaryFolder } from './cli.ts';

const STAGES = ['graph', 'gradient', 'optimized', 'plan'] as const;
/** Those that are drawn too, each by its own part of the code. */
const DRAWN: readonly string[] = ['gradient', 'plan'];

function document(): string {
  const g = new Graph();
  const x = g.placeholder('x', ['$batch', 2]);
  const W = g.variable('W', [2, 3], glorotUniform({ seed: 1 }));
  const h = g.name('h', tanh(add(matMul(x, W), g.variable('b', [3]))));
  return JSON.stringify(g.toJSON({ h, loss: mean(mul(square(h), 0.5)) }));
}

describe('retrograph print', () => {
  const folder = temporaryFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const graph = file('graph.json', document());

  for (const [source, shows] of Object.entries({
    [graph]: {
      graph: [/^W +=.*Variable\(.*glorotUniform/m, /^h +=.*Tanh/m, /^output loss = /m],
      gradient: [/^output gradient\/W = /m, /^output gradient\/b = /m, /transposeA=true/],
      optimized: [/_FusedMatMul\(/, /^output h = /m],
      plan: [/^plan: \d+ steps/, /feed +s\d+\[32, 2\] <- 'x'/, /slot +bytes +life/],
    },
    auddy: {
      graph: [/^A2 +=/m, /^output loss = /m, /examples\/auddy\/graph\.[jt]s:\d+/],
      gradient: [/^output gradient\/dW1 = /m],
      optimized: [/^update W1 <- /m],
      plan: [/^plan: \d+ steps/, /update +'W1' <- s\d+\[4, 2\]/],
    },
  })) {
    const name = source === graph ? 'a file' : source;
    for (const stage of STAGES) {
      (FULL || source === graph || stage === 'graph' ? it : it.skip)(`${name}: ${stage}`, async () => {
        const show = (format: string) =>
          FULL || (source === graph && DRAWN.includes(stage)) || format === 'text'
            ? retrograph(['print', source, '--stage', stage, '--format', format])
            : undefined;
        const [text, dot, mermaid, json] = await Promise.all(['text', 'dot', 'mermaid', 'json'].map(show));
        for (const outcome of [text, dot, mermaid, json]) {
          if (outcome === undefined) continue;
          expect(outcome.code, outcome.stderr).to.equal(0);
          expect(outcome.stderr).to.equal(
            stage === 'plan' ? `planned for ${source === graph ? 'batch' : 'm'}=32; --dims sets another size\n` : '',
          );
        }
        for (const pattern of shows[stage]) expect(text!.stdout).to.match(pattern);
        if (dot === undefined || mermaid === undefined || json === undefined) return;
        expect((await instance()).renderString(dot.stdout, { format: 'svg' })).to.include('</svg>');
        expect(mermaid.stdout).to.match(/^flowchart TD\n {2}\w+\["/);
        const parsed = JSON.parse(json.stdout) as { format?: string; steps?: unknown[] };
        if (stage === 'plan') expect(parsed.steps).to.be.an('array').that.is.not.empty;
        else expect(parsed.format).to.equal('retrograph');
      });
    }
  }

  it('what it writes as JSON can be read again', async () => {
    const { stdout } = await retrograph(['print', graph, '--stage', 'gradient', '--json']);
    const { outputs } = Graph.fromJSON(JSON.parse(stdout), {
      ops: builtin.ops.map(({ op }) => op),
      initializers: builtin.initializers,
    });
    expect(Object.keys(outputs)).to.deep.equal(['h', 'loss', 'gradient/W', 'gradient/b']);
  });

  it('takes sizes of dims, and the output to differentiate', async () => {
    const [plan, gradient] = await Promise.all([
      retrograph(['print', graph, '--stage', 'plan', '--dims', 'batch=5', '--backend', 'cpu', '--of', 'h']),
      retrograph(['print', graph, '--stage', 'gradient', '--of', 'h']),
    ]);
    expect(plan.stderr).to.equal('');
    expect(plan.stdout)
      .to.match(/feed +s\d+\[5, 2\]/)
      .and.include("'gradient/W'");
    expect(gradient.stdout).to.include('output gradient/b = ');
  });

  it('reads ops of plugins', async () => {
    const nodes = [
      { id: 'x', op: 'Placeholder', attrs: { name: 'x', dtype: 'float32', shape: [3] } },
      { id: 'y', op: 'LogCosh', inputs: { x: 'x' } },
    ];
    const path = file('plugin.json', JSON.stringify({ format: 'retrograph', version: 1, nodes, outputs: { y: 'y' } }));
    const [without, having] = await Promise.all([
      retrograph(['print', path]),
      retrograph(['print', path, '--plugin', 'examples/plugin']),
    ]);
    expect(without.code).to.equal(2);
    expect(without.stderr).to.include("there is no op 'LogCosh'").and.include('--plugin');
    expect(having.stdout).to.include('LogCosh(');
  });

  it('refuses what it cannot print', () =>
    expectRefusals(
      (
        [
          [['audy'], /neither a file nor an example 'audy'\nDid you mean auddy\?/],
          [['no-such-graph.json'], /neither a file nor an example 'no-such-graph\.json'\nexamples are .*auddy/],
          [[file('a.json', '{ "format"')], /is not JSON/],
          [[file('b.json', '{}')], /not a graph: expected a JSON object with "format"/],
          [
            [file('c.json', document().replace('"op":"Tanh"', '"op":"Tahn"'))],
            /node 'h' \(Tahn\): there is no op 'Tahn'/,
          ],
          [[graph, '--stage', 'gradient', '--of', 'lsos'], /no output 'lsos'\n--of takes one of h, loss/],
          [[graph, '--stage', 'plan', '--dims', 'btach=3'], /no dim 'btach'; there are batch/],
          [[graph, '--stage', 'plan', '--dims', 'batch'], /Dims are given as 'batch=32'/],
        ] as const
      ).map(([args, message]) => [['print', ...args], message] as const),
    ));
});
