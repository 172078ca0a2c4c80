/** Feeds, outputs, variables and documents may be named as properties that every object has, such as `constructor` and `__proto__`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { assign, compile, Graph, gradients } from '../../index.node.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { add, mul, sum } from '../../ops/index.ts';
import { HERE } from '../support/here.ts';

const NAMES = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
  'prototype',
  'then',
  'toJSON',
  '0',
].filter((name, i, all) => all.indexOf(name) === i);

/** A record of one, whatever its name. */
const record = <V>(name: string, value: V): Record<string, V> => Object.fromEntries([[name, value]]);

describe('a name that objects have', () => {
  const dir = mkdtempSync(join(tmpdir(), 'retrograph-names-'));
  before(() => Promise.all(HERE.map((backend) => backend.start())));
  after(() => rmSync(dir, { recursive: true }));

  for (const backend of HERE)
    for (const name of NAMES)
      it(`'${name}' may be that of a feed, an output and a variable, on ${backend.name}`, async () => {
        const build = () => {
          const g = new Graph();
          const x = g.placeholder(name, [2]);
          const w = g.variable(`${name}/${name}`, [2], [3, 4]);
          return { g, w, y: add(mul(x, w), x) };
        };
        const { g, w, y } = build();
        const options = { backend, updates: [assign(w, add(w, 1))] };
        const program = await compile({ ...record(name, y), ...record(`d/${name}`, gradients(sum(y), w)) }, options);
        const slopes = gradients(sum(y), record(name, w));
        expect(Object.entries(slopes).map(([key, s]) => [key, s.shape])).to.deep.equal([[name, [2]]]);
        const results = await program.run(record(name, [10, 20]));
        expect(Object.keys(results).sort()).to.deep.equal([name, `d/${name}`].sort());
        expect([...Object.entries(results).find(([key]) => key === name)![1].data]).to.deep.equal([40, 100]);

        const path = join(dir, `${NAMES.indexOf(name)}-${backend.name}.safetensors`);
        await program.variables.save(path);
        await program.variables.load(path);
        expect([...(await program.variables.get(`${name}/${name}`)).data]).to.deep.equal([4, 5]);
        const only = await program.run(record(name, [1, 1]), { outputs: [name] });
        expect(Object.entries(only).map(([key, { data }]) => [key, ...data])).to.deep.equal([[name, 5, 6]]);
        await program.variables.set(`${name}/${name}`, [1, 2]);
        for await (const again of program.runMany([record(name, [1, 1])]))
          expect([...Object.values(again)[Object.keys(again).indexOf(name)]!.data]).to.deep.equal([2, 3]);
        program.dispose();

        const document: unknown = JSON.parse(JSON.stringify(g.toJSON(record(name, y))));
        const read = Graph.fromJSON(document, { ops: catalogue.flatMap(({ op }) => (op === undefined ? [] : [op])) });
        expect(Object.keys(read.outputs)).to.deep.equal([name]);
        const copy = await compile(read.outputs, { backend });
        const values = Object.entries(await copy.run(record(name, [10, 20])));
        expect(values.map(([key, { data }]) => [key, ...data])).to.deep.equal([[name, 40, 100]]);
        copy.dispose();
      });

  it('is missed as a feed where nobody fed it', async () => {
    for (const name of NAMES) {
      const g = new Graph();
      const program = await compile({ y: add(g.placeholder(name, [1]), 1) }, { backend: HERE[0]! });
      const error = await program.run({}).then(
        () => undefined,
        (e: Error) => e,
      );
      expect(error?.name, name).to.equal('FeedError');
      program.dispose();
    }
  });
});
