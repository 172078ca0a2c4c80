/** A TensorFlow session and its graph, to which programs are added by import. */

import { ProgramStateError } from '../../../engine/index.ts';
import type { Endpoint } from '../graph/program.ts';
import type { GraphDef } from '../proto/messages.ts';
import { encode } from '../proto/messages.ts';
import { type CApi, NULL, type Pointer } from './c-api.ts';
import { checked, requireOk } from './status.ts';

/** The arguments of TF_SessionRun in C layout: inputs, outputs and target operations. Made once, used by every run. */
export class Call {
  /** TF_Output is { TF_Operation *oper; int index; }: 16 bytes. */
  readonly inputs: BigUint64Array;
  readonly inputValues: BigUint64Array;
  readonly outputs: BigUint64Array;
  readonly outputValues: BigUint64Array;
  readonly targets: BigUint64Array;

  constructor(inputs: BigUint64Array, outputs: BigUint64Array, targets: BigUint64Array) {
    this.inputs = inputs;
    this.inputValues = new BigUint64Array(inputs.length / 2);
    this.outputs = outputs;
    this.outputValues = new BigUint64Array(outputs.length / 2);
    this.targets = targets;
  }

  /** Whether it has neither outputs nor targets, for which TensorFlow fails. */
  get isEmpty(): boolean {
    return this.outputValues.length + this.targets.length === 0;
  }
}

export class Session {
  readonly api: CApi;
  readonly #graph: Pointer;
  readonly #session: Pointer;
  /** The status of synchronous calls. */
  readonly #status: Pointer;
  #imports = 0;
  /** The number of runs in progress. */
  #holders = 0;
  #closing = false;
  #closed = false;
  /** The numbers of imported nodes, and of those that will not run again. */
  nodes = 0;
  retired = 0;

  /** @param config bytes of a ConfigProto. @throws TensorFlowError */
  constructor(api: CApi, config: Uint8Array) {
    this.api = api;
    this.#graph = api.TF_NewGraph();
    const options = api.TF_NewSessionOptions();
    try {
      checked(api, (status) => api.TF_SetConfig(options, config, config.length, status));
      this.#session = checked(api, (status) => api.TF_NewSession(this.#graph, options, status))!;
    } finally {
      api.TF_DeleteSessionOptions(options);
    }
    this.#status = api.TF_NewStatus();
  }

  /** Adds a graph, and returns the prefix of its operations' names. @throws TensorFlowError */
  import(graph: GraphDef): string {
    const { api } = this;
    const prefix = `g${this.#imports++}`;
    const bytes = encode('GraphDef', graph);
    const buffer = api.TF_NewBufferFromString(bytes, bytes.length);
    const options = api.TF_NewImportGraphDefOptions();
    try {
      api.TF_ImportGraphDefOptionsSetPrefix(options, prefix);
      checked(api, (status) => api.TF_GraphImportGraphDef(this.#graph, buffer, options, status));
    } finally {
      api.TF_DeleteImportGraphDefOptions(options);
      api.TF_DeleteBuffer(buffer);
    }
    this.nodes += graph.node.length;
    return prefix;
  }

  /** Prepares a call. @param prefix the prefix of all operations' names */
  call(prefix: string, inputs: readonly Endpoint[], outputs: readonly Endpoint[], targets: readonly string[]): Call {
    const find = (operation: string): bigint => {
      const found = this.api.TF_GraphOperationByName(this.#graph, `${prefix}/${operation}`);
      if (found === NULL) throw new Error(`there is no operation '${operation}'`);
      return found;
    };
    const endpoints = (list: readonly Endpoint[]): BigUint64Array =>
      BigUint64Array.from(list.flatMap(({ operation, output }) => [find(operation), BigInt(output)]));
    return new Call(endpoints(inputs), endpoints(outputs), BigUint64Array.from(targets, find));
  }

  /** Runs synchronously. @throws TensorFlowError */
  runSync(call: Call): void {
    if (call.isEmpty) return;
    this.api.TF_SessionRun(...this.#arguments(call, this.#status));
    requireOk(this.api, this.#status);
  }

  /** Runs on another thread. The call's tensors must stay alive until it has finished. @throws TensorFlowError */
  async run(call: Call): Promise<void> {
    if (call.isEmpty) return;
    const { api } = this;
    const status = api.TF_NewStatus();
    try {
      await new Promise<void>((resolve, reject) => {
        api.TF_SessionRun.async(...this.#arguments(call, status), (error) =>
          error === null ? resolve() : reject(error),
        );
      });
      requireOk(api, status);
    } finally {
      api.TF_DeleteStatus(status);
    }
  }

  #arguments(
    { inputs, inputValues, outputs, outputValues, targets }: Call,
    status: Pointer,
  ): Parameters<CApi['TF_SessionRun']> {
    if (this.#closed) throw new ProgramStateError('the variables have been disposed');
    return [
      this.#session,
      NULL,
      inputs,
      inputValues,
      inputValues.length,
      outputs,
      outputValues,
      outputValues.length,
      targets,
      targets.length,
      NULL,
      status,
    ];
  }

  /** Called when a run begins; `release` when it ends. Closing is deferred until all runs have ended. */
  hold(): void {
    this.#holders++;
  }

  release(): void {
    this.#holders--;
    if (this.#closing) this.close();
  }

  /** Frees the session and its graph, once no run uses it. */
  close(): void {
    this.#closing = true;
    if (this.#holders > 0 || this.#closed) return;
    this.#closed = true;
    const { api } = this;
    api.TF_CloseSession(this.#session, this.#status);
    api.TF_DeleteSession(this.#session, this.#status);
    api.TF_DeleteGraph(this.#graph);
    api.TF_DeleteStatus(this.#status);
  }
}
