/** Graphs and plans as text, for Graphviz, and for Mermaid. */
import { instance } from '@viz-js/viz';
import { expect } from 'chai';
import { compile, Graph, gradients, jacobian, type Printable, print } from '../../index.node.ts';
import { add, matMul, mul, relu, split, sum } from '../../ops/index.ts';

function subject() {
  const g = new Graph();
  const x = g.placeholder('x', ['$batch', 2]);
  const W = g.variable('W "quoted" <b>', [2, 3], 0.5);
  const h = g.name('h', relu(add(matMul(x, W), 1.5)));
  const [left] = split(h, [1, 2], 1);
  return { g, x, W, h, left: left!, loss: g.name('loss', sum(mul(h, h))) };
}
const linesOf = (lines: string): readonly string[] => lines.split('\n').map((line) => line.trim());

describe('print', () => {
  it('text: a line for each node, and what is asked for', () => {
    const { h, loss } = subject();
    const lines = linesOf(print({ h, loss }));
    expect(lines.find((line) => line.startsWith('h '))).to.match(
      /^h +=.* Relu\(x=%\d+\) .*: float32\[\$batch, 3\] +# test\/engine\/print\.test\.ts:\d+/,
    );
    expect(lines.slice(-2)).to.deep.equal(['output h = h', 'output loss = loss']);
  });

  it('dot: boxes by kind, arrows by input, numbers in the boxes that use them', () => {
    const { h, left } = subject();
    const lines = linesOf(print({ h, left }, { format: 'dot' }));
    expect(lines).to.include(
      'n0 [class=placeholder, label="x\\nfloat32[$batch, 2]", fillcolor="#dbeafe", color="#2563eb"]',
    );
    expect(lines.some((line) => line.includes('label="W \\"quoted\\" <b>\\nfloat32[2, 3]"'))).to.equal(true);
    expect(lines.some((line) => line.includes('label="Add\\nb=1.5\\nfloat32[$batch, 3]"'))).to.equal(true);
    expect(lines.some((line) => /^n0 -> n\d+ \[label=" a "\]$/.test(line))).to.equal(true);
    expect(lines.some((line) => line.includes('[class=constant'))).to.equal(false);
    expect(lines.filter((line) => line.includes('[class=output'))).to.have.lengthOf(2);
  });

  it('mermaid: the same, escaped in its own way', () => {
    const { loss, W } = subject();
    const lines = linesOf(print({ loss, ...gradients(loss, { W }) }, { format: 'mermaid' }));
    expect(lines[0]).to.equal('flowchart TD');
    expect(lines).to.include('n0["x<br/>float32[$batch, 2]"]:::placeholder');
    expect(lines.some((line) => line.includes('["W #34;quoted#34; #60;b#62;<br/>float32[2, 3]"]:::variable'))).to.equal(
      true,
    );
  });

  it('Functions and bodies of Maps are groups, and Graphviz takes all of it', async () => {
    const { g, x, h, loss, W } = subject();
    const outputs = { loss, ...jacobian(h, { x }), ...gradients(loss, { W }) };
    const program = await compile(outputs, { backend: 'null' });
    const viz = await instance();
    const pictures: Record<string, readonly [Printable, groups: number]> = {
      graph: [g, 0],
      outputs: [outputs, 1],
      optimized: [program.optimized, 1],
      plan: [program.planFor({ batch: 4 }), 1],
    };
    for (const [name, [shown, groups]] of Object.entries(pictures)) {
      const svg = viz.renderString(print(shown, { format: 'dot' }), { format: 'svg' });
      expect(svg.match(/class="cluster/g) ?? [], name).to.have.lengthOf(groups);
      expect(print(shown, { format: 'mermaid' }).match(/^ +subgraph /gm) ?? [], name).to.have.lengthOf(groups);
    }
    program.dispose();
  });

  it('plan: what is fed, each step, what comes out; in pictures too', async () => {
    const { loss } = subject();
    const program = await compile({ loss }, { backend: 'null' });
    const plan = program.planFor({ batch: 4 });
    expect(print(plan))
      .to.match(/^plan: \d+ steps/)
      .and.include("feed     s0[4, 2] <- 'x'");
    const dot = print(plan, { format: 'dot' });
    expect(dot)
      .to.include('label="x\\n32 B"')
      .and.match(/t0 \[class=op, label="0 BatchMatMul\\ns\d+\[4, 3\] 48 B"/);
    expect(dot).to.match(/label="\d Sum\\n'loss'\\ns\d+\[\] 4 B"/);
    program.dispose();
  });
});
