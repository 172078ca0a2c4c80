/** The page: its controls, its readouts and its pictures. What is drawn waits for the next frame, however fast training is. */
import { drawBoundary } from './boundary.js';
import { datasets } from './datasets.js';
import { History } from './history.js';
import { Training } from './training.js';

/** @typedef {(history: History) => void} DrawHistory */

/** Between two drawings, where less motion is asked for, in milliseconds. */
const CALM = 500;

/**
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 */
function element(id, type) {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${type.name} '${id}'`);
}

/**
 * @param {Omit<import('./model.js').Place, 'backend'>} worker what runs the programs
 * @param {DrawHistory} drawHistory draws the losses into '#losses'
 */
export function startPage(worker, drawHistory) {
  const toggle = element('toggle', HTMLButtonElement);
  const backend = element('backend', HTMLSelectElement);
  const dataset = element('dataset', HTMLSelectElement);
  const hidden = element('hidden', HTMLSelectElement);
  const rate = element('rate', HTMLSelectElement);
  const canvas = element('boundary', HTMLCanvasElement);
  const status = element('status', HTMLElement);
  const alert = element('alert', HTMLElement);
  const readouts = {
    step: element('step', HTMLElement),
    loss: element('loss', HTMLElement),
    accuracy: element('accuracy', HTMLElement),
    speed: element('speed', HTMLElement),
  };
  dataset.replaceChildren(...datasets.map(({ name, title }) => new Option(title, name)));

  const history = new History();
  const speed = new Speedometer();
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {import('./training.js').Progress | undefined} */
  let progress;
  let isWaiting = false;
  let drawn = 0;

  const draw = () => {
    isWaiting = false;
    if (progress === undefined) return;
    drawn = performance.now();
    drawBoundary(canvas, progress);
    drawHistory(history);
    readouts.step.textContent = progress.step.toLocaleString();
    readouts.loss.textContent = progress.loss.toFixed(4);
    readouts.accuracy.textContent = `${(100 * progress.accuracy).toFixed(1)} %`;
    readouts.speed.textContent = training.running ? speed.text : '–';
  };
  const drawSoon = () => {
    if (isWaiting) return;
    isWaiting = true;
    const wait = training.running && calm.matches ? drawn + CALM - performance.now() : 0;
    if (wait > 0) setTimeout(() => requestAnimationFrame(draw), wait);
    else requestAnimationFrame(draw);
  };

  const training = new Training(readSettings(), worker, {
    onProgress: (now) => {
      progress = now;
      history.add(now.step, now.loss);
      speed.add(now.step);
      drawSoon();
    },
    onRestart: () => history.clear(),
    onState: (state, note) => {
      toggle.textContent = training.running ? 'Pause' : 'Start';
      status.textContent = note ?? describe(state, training);
      document.body.dataset.state = state;
      speed.clear();
      drawSoon();
    },
    onError: (message) => {
      alert.textContent = message;
    },
  });

  /** Carries out a command, and shows the settings that it has come to. @param {() => Promise<void>} command */
  const when = (command) => async () => {
    alert.textContent = '';
    await command();
    backend.value = training.settings.backend;
    hidden.value = `${training.settings.hidden}`;
  };

  function readSettings() {
    return { backend: backend.value, dataset: dataset.value, hidden: Number(hidden.value), rate: Number(rate.value) };
  }

  toggle.addEventListener(
    'click',
    when(() => (training.running ? training.pause() : training.start())),
  );
  element('reset', HTMLButtonElement).addEventListener(
    'click',
    when(() => training.reset()),
  );
  backend.addEventListener(
    'change',
    when(() => training.setBackend(backend.value)),
  );
  dataset.addEventListener(
    'change',
    when(() => training.setDataSet(dataset.value)),
  );
  hidden.addEventListener(
    'change',
    when(() => training.setHidden(Number(hidden.value))),
  );
  rate.addEventListener('change', () => training.setRate(Number(rate.value)));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawSoon);
  new ResizeObserver(drawSoon).observe(canvas);
  void training.open();
}

/**
 * @param {import('./training.js').State} state
 * @param {Training} training
 */
function describe(state, { settings, step }) {
  if (state === 'training') return `Training on ${settings.backend}.`;
  if (state === 'failed') return `Nothing runs on ${settings.backend}.`;
  return step === 0
    ? `Ready on ${settings.backend}: press Start.`
    : `Paused at step ${step.toLocaleString()}, on ${settings.backend}.`;
}

/** Steps per second, counted anew each second. */
class Speedometer {
  text = '–';
  /** @type {{ time: number, step: number } | undefined} */
  #since;

  clear() {
    this.text = '–';
    this.#since = undefined;
  }

  /** @param {number} step */
  add(step) {
    const time = performance.now();
    this.#since ??= { time, step };
    const seconds = (time - this.#since.time) / 1000;
    if (seconds < 1) return;
    this.text = Math.round((step - this.#since.step) / seconds).toLocaleString();
    this.#since = { time, step };
  }
}
