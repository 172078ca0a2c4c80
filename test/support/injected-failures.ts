/** Failures put into a backend's kernels, at each step of programs of every kind: they end the run that they are in, and nothing else. */
import { findBackend } from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import type { LocalBackend } from '../../backends/backend.ts';
import { compile, Graph, type Kernel, type Program, RetrographError } from '../../engine/index.ts';
import { matMul, tanh } from '../../ops/index.ts';
import { buildKind, compileBuilt, feedsFor, variablesOf } from './graphs.ts';
import { expectClose } from './values.ts';

/** Counts down to the step that fails. */
class Fuse {
  left = Infinity;

  /** Whether this is the step. */
  burns(): boolean {
    return this.left-- === 0;
  }
}

type Method = (...args: never[]) => unknown;
type Replace = (inner: Method, fuse: Fuse) => Method;

/** In place of a method of an object; gives back what undoes it. */
function replace(target: object, name: string, change: (inner: Method) => Method): () => void {
  const methods = target as Record<string, Method>;
  const own = Object.hasOwn(target, name);
  const before = methods[name]!;
  methods[name] = change(before.bind(target) as Method);
  return () => {
    if (own) methods[name] = before;
    else delete methods[name];
  };
}

const fails: Replace =
  (inner, fuse) =>
  (...args) => {
    if (fuse.burns()) throw new Error('injected');
    return inner(...args);
  };
/** With its result made, which nobody gets. */
const failsLate: Replace =
  (inner, fuse) =>
  (...args) => {
    const result = inner(...args);
    if (fuse.burns()) throw new Error('injected');
    return result;
  };
const NONSENSE = 'nonsense(;';

/** Where tfjs's backends make what kernels give. */
const MAKERS: Readonly<Record<string, string>> = {
  cpu: 'makeTensorInfo',
  wasm: 'makeOutput',
  webgl: 'runWebGLProgram',
  webgpu: 'runWebGPUProgram',
};

interface ShaderProgram {
  userCode?: string;
  getUserCode?: () => string;
}

/** A shader that does not compile. */
const shader: Replace =
  (inner, fuse) =>
  (...args) => {
    if (fuse.burns()) {
      // those that were compiled before are kept
      const gpu = findBackend('webgpu') as { pipelineCache?: object } | null;
      if (gpu !== null) gpu.pipelineCache = {};
      const [program] = args as unknown as [ShaderProgram];
      if (program.getUserCode === undefined) program.userCode = NONSENSE;
      else program.getUserCode = () => NONSENSE;
    }
    return inner(...args);
  };

/** The ways in which a backend's kernels fail: each is put in place, and gives back what undoes it. */
function injections(backend: LocalBackend, fuse: Fuse): Readonly<Record<string, () => () => void>> {
  const { name, device } = backend;
  const tfjs = findBackend(name)!;
  const kernels = (how: Replace) => () =>
    replace(
      device,
      'kernel',
      (inner) =>
        (...args) =>
          how(inner(...args) as Kernel as Method, fuse),
    );
  const made = (how: Replace) => () => replace(tfjs, MAKERS[name]!, (inner) => how(inner, fuse));
  return {
    'a kernel that throws': kernels(fails),
    'a kernel that throws midway': made(failsLate),
    ...(name.startsWith('webg') && { 'a shader that does not compile': made(shader) }),
  };
}

/** A program that has nothing to do with the one that fails. */
async function bystander(backend: LocalBackend): Promise<() => Promise<void>> {
  const x = new Graph().placeholder('x', [2, 2]);
  const program = await compile({ y: tanh(matMul(x, x)) }, { backend });
  return async () => {
    const { y } = await program.run({
      x: [
        [0.5, 0],
        [0, 0.25],
      ],
    });
    expectClose(y.data, [Math.tanh(0.25), 0, 0, Math.tanh(0.0625)], 1e-4);
  };
}

type Values = Readonly<Record<string, readonly number[]>>;
const resultsOf = async (program: Program): Promise<Values> =>
  Object.fromEntries(Object.entries(await program.run(feedsFor(program))).map(([name, { data }]) => [name, [...data]]));

/** Puts failures into the steps of a program of a kind, one after the other, and looks at what they leave. */
export async function injectInto(kind: string, backend: LocalBackend): Promise<void> {
  const fuse = new Fuse();
  const checkBystander = await bystander(backend);
  await checkBystander();
  const reference = await compileBuilt(buildKind(kind), { backend });
  const expected = await resultsOf(reference);
  const hasSteps = reference.plan.steps.length > 0;
  reference.dispose();
  let count = 0;
  for (const [how, inject] of Object.entries(injections(backend, fuse))) {
    // of many steps not each
    for (let step = 0; ; step += 1 + (step >> 3)) {
      fuse.left = Infinity;
      const atFirst = backend.memory().buffers;
      const restore = inject();
      const program = await compileBuilt(buildKind(kind), { backend });
      const [variables, buffers] = [await variablesOf(program), backend.memory().buffers];
      fuse.left = step;
      const outcome = await program.run(feedsFor(program)).then(
        () => undefined,
        (e: unknown) => e,
      );
      const happened = fuse.left < 0;
      fuse.left = Infinity;
      restore();
      const where = `${how}, step ${step}`;
      if (happened) {
        count++;
        expect(outcome, where).to.be.instanceOf(RetrographError);
        expect(backend.memory().buffers, `buffers after ${where}`).to.equal(buffers);
        expect(await variablesOf(program), where).to.deep.equal(variables);
        await checkBystander();
        for (const [name, values] of Object.entries(await resultsOf(program)))
          expectClose(values, expected[name]!, 1e-4);
      }
      program.dispose();
      expect(backend.memory().buffers, `buffers in the end, ${where}`).to.equal(atFirst);
      if (!happened) break;
    }
  }
  expect(count > 0, `${count} failures`).to.equal(hasSteps);
}
