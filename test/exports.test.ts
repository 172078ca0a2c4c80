// What the package's root exports: a user's API, the same in Node and in browsers.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import * as errors from '../engine/errors.ts';
import * as engine from '../engine.ts';
import * as browser from '../index.browser.ts';
import * as node from '../index.node.ts';

const VALUES = [
  'Graph constant map stopGradient customGradient assign isSym dim sizeOf',
  'gradients vjp jvp hvp jacobian hessian checkGradient',
  'compile compileSync evaluate Program HostTensor Variables openVariables backend chooseBackend print',
].flatMap((line) => line.split(' '));
const ERRORS = Object.keys(errors).filter((name) => name.endsWith('Error'));

describe('the options of compile', () => {
  it('are known by one list, which is what its type says', () => {
    const generated = readFileSync(new URL('../face/index.ts', import.meta.url), 'utf8');
    expect(generated).to.include(`'outputs:r options:{backend:o,${engine.COMPILE_OPTIONS}}'`);
  });
});

describe('the root export', () => {
  it('holds what users call, and the classes of errors', () => {
    expect(Object.keys(browser).sort()).to.deep.equal([...VALUES, ...ERRORS].sort());
    expect(Object.keys(node).sort()).to.deep.equal([...VALUES, ...ERRORS, 'use'].sort());
  });

  it("is of one piece with the engine's, which authors import besides", () => {
    const faces = ['backend', 'chooseBackend', 'openVariables', 'use'];
    expect(engine).to.include.all.keys(Object.keys(node).filter((name) => !faces.includes(name)));
    for (const [name, value] of Object.entries(node))
      if (/^[A-Z]/.test(name)) expect(engine, name).to.have.property(name, value);
    expect(engine).to.include.all.keys('defineOp', 'defineComposite', 'toposort', 'rewriteProgram', 'inferUnary');
  });
});
