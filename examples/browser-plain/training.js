/** Training that goes on until it is paused, and moves from backend to backend with what it has learned. Knows nothing of the page. */
import { BackendError, DeviceLostError } from 'retrograph';
import { makeDataSet } from './datasets.js';
import { Model } from './model.js';

/** After so many steps the network looks at the data and the square. */
const STEPS_PER_VIEW = 10;
/** How often the weights are copied to this thread, in milliseconds: what is left of them when a device is lost. */
const COPY_EVERY = 2000;

/**
 * @typedef {object} Settings
 * @property {string} backend
 * @property {string} dataset
 * @property {number} hidden units of each hidden layer
 * @property {number} rate the learning rate
 */

/** @typedef {import('./model.js').View & { step: number, data: import('./datasets.js').DataSet }} Progress */

/** @typedef {'opening' | 'training' | 'paused' | 'failed'} State */

/**
 * @typedef {object} Listeners
 * @property {(progress: Progress) => void} onProgress
 * @property {() => void} onRestart what was learned is gone, and step 0 comes next
 * @property {(state: State, note?: string) => void} onState
 * @property {(message: string) => void} onError in words for the page's user
 */

export class Training {
  step = 0;
  /** @type {Settings} */
  settings;
  /** @type {Omit<import('./model.js').Place, 'backend'>} */
  #worker;
  /** @type {Listeners} */
  #listeners;
  #data;
  /** @type {Model | undefined} */
  #model;
  /** The first weights. @type {Uint8Array} */
  #first = new Uint8Array();
  /** The last copy of the weights. */
  #copy = { bytes: this.#first, step: 0, time: 0 };
  /** Ends the steps that are going on. @type {AbortController | undefined} */
  #abort;
  /** The steps that are going on. @type {Promise<void>} */
  #steps = Promise.resolve();
  /** Commands are carried out one after the other. @type {Promise<void>} */
  #commands = Promise.resolve();

  /**
   * @param {Settings} settings
   * @param {Omit<import('./model.js').Place, 'backend'>} worker
   * @param {Listeners} listeners
   */
  constructor(settings, worker, listeners) {
    this.settings = settings;
    this.#worker = worker;
    this.#listeners = listeners;
    this.#data = makeDataSet(settings.dataset);
  }

  get running() {
    return this.#abort !== undefined;
  }

  /** Makes a network with first weights. */
  open() {
    return this.#command(() => this.#between(() => this.#renew(this.settings)));
  }

  start() {
    return this.#command(async () => this.#start());
  }

  pause() {
    return this.#command(async () => {
      await this.#stop();
      this.#tellState();
    });
  }

  /** Back to the first weights. */
  reset() {
    return this.#command(() => this.#between(() => this.#restart()));
  }

  /** @param {number} rate the learning rate from the next step on */
  setRate(rate) {
    this.settings = { ...this.settings, rate };
  }

  /** @param {string} dataset what a network with first weights is to learn */
  setDataSet(dataset) {
    return this.#command(() =>
      this.#between(() => {
        this.settings = { ...this.settings, dataset };
        this.#data = makeDataSet(dataset);
        return this.#restart();
      }),
    );
  }

  /** @param {number} hidden units of a new network */
  setHidden(hidden) {
    return this.#command(() => this.#between(() => this.#renew({ ...this.settings, hidden })));
  }

  /** @param {string} backend where the network goes on, with the weights as they are */
  setBackend(backend) {
    return this.#command(() => this.#between(() => this.#move({ ...this.settings, backend })));
  }

  /** @param {() => Promise<void>} command */
  #command(command) {
    this.#commands = this.#commands.then(command).catch((error) => this.#fail(error));
    return this.#commands;
  }

  /** Makes a change between two steps. @param {() => Promise<void>} change */
  async #between(change) {
    const { running } = this;
    await this.#stop();
    try {
      await change();
    } finally {
      if (running) this.#start();
      else this.#tellState();
    }
  }

  #start() {
    if (this.running || this.#model === undefined) return;
    this.#abort = new AbortController();
    this.#tellState();
    this.#steps = this.#run(this.#model, this.#abort.signal).catch((error) => {
      this.#abort = undefined;
      this.#fail(error);
      this.#tellState();
    });
  }

  async #stop() {
    this.#abort?.abort();
    await this.#steps;
    this.#abort = undefined;
  }

  /**
   * @param {Model} model
   * @param {AbortSignal} signal
   */
  async #run(model, signal) {
    let isFresh = false;
    while (!signal.aborted) {
      try {
        for (let i = 0; i < STEPS_PER_VIEW && !signal.aborted; i++) {
          await model.train(this.#data, this.settings.rate);
          this.step++;
        }
        await this.#look(model);
        isFresh = false;
        if (performance.now() - this.#copy.time > COPY_EVERY) await this.#keep(model);
      } catch (error) {
        if (!(error instanceof DeviceLostError) || isFresh) throw error; // a device that is lost at once would be lost again
        model = await this.#recover();
        isFresh = true;
      }
    }
  }

  /** @param {Model} model */
  async #look(model) {
    const view = await model.look(this.#data);
    if (!Number.isFinite(view.loss)) throw new Error('The loss is no number any more: choose a lower learning rate');
    this.#listeners.onProgress({ ...view, step: this.step, data: this.#data });
  }

  /** Copies the weights to this thread. @param {Model} model */
  async #keep(model) {
    const { step } = this;
    this.#copy = { bytes: await model.save(), step, time: performance.now() };
  }

  /** The device is gone, with all that was on it: another goes on from the last copy. */
  async #recover() {
    const { bytes, step } = this.#copy;
    const model = await this.#open(this.settings, bytes);
    this.step = step;
    this.#tellState(`The device was lost. Training goes on from the copy of step ${step.toLocaleString()}.`);
    return model;
  }

  /** A network in a worker of its own, in the place of the present one. @param {Settings} settings @param {Uint8Array} [bytes] */
  async #open(settings, bytes) {
    const { backend, hidden } = settings;
    this.#listeners.onState('opening', `Starting ${backend} …`);
    const model = await Model.open(hidden, { ...this.#worker, backend }, bytes);
    this.#model?.dispose();
    this.#model = model;
    this.settings = settings;
    return model;
  }

  /** @param {Settings} settings */
  async #renew(settings) {
    const model = await this.#open(settings);
    this.#first = await model.save();
    await this.#begin(model);
  }

  async #restart() {
    if (this.#model === undefined) return;
    const model = await this.#load(this.#model, this.#first);
    await this.#begin(model);
  }

  /** Step 0. @param {Model} model */
  async #begin(model) {
    this.step = 0;
    this.#copy = { bytes: this.#first, step: 0, time: performance.now() };
    this.#listeners.onRestart();
    await this.#look(model);
  }

  /** @param {Model} model @param {Uint8Array} bytes */
  async #load(model, bytes) {
    try {
      await model.load(bytes);
      return model;
    } catch (error) {
      if (!(error instanceof DeviceLostError)) throw error;
      return this.#open(this.settings, bytes);
    }
  }

  /** @param {Settings} settings */
  async #move(settings) {
    if (this.#model === undefined) return this.#renew(settings);
    await this.#keep(this.#model).catch((error) => {
      if (!(error instanceof DeviceLostError)) throw error;
      this.step = this.#copy.step; // lost, but for the last copy
    });
    await this.#look(await this.#open(settings, this.#copy.bytes));
  }

  /** @param {string} [note] */
  #tellState(note) {
    this.#listeners.onState(this.running ? 'training' : this.#model === undefined ? 'failed' : 'paused', note);
  }

  /** @param {unknown} error */
  #fail(error) {
    const { message } = /** @type {Error} */ (error);
    const advice =
      error instanceof DeviceLostError
        ? 'Press Start to try again, or choose another backend'
        : error instanceof BackendError
          ? 'Choose another backend: wasm runs in every current browser'
          : 'Press Reset, or reload the page';
    this.#listeners.onError(`${message.charAt(0).toUpperCase()}${message.slice(1)}. ${advice}.`);
  }
}
