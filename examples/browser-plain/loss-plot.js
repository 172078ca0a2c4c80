/** The loss by step, as a line in a canvas. */
import { fitToScreen } from './boundary.js';

const FONT_SIZE = 12;
const MARGIN = { left: 40, right: 12, top: 12, bottom: 24 };

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {import('./page.js').DrawHistory}
 */
export const lossPlot = (canvas) => (history) => {
  fitToScreen(canvas);
  const context = canvas.getContext('2d');
  if (context === null) return;
  const style = getComputedStyle(canvas);
  const { clientWidth: width, clientHeight: height } = canvas;
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);

  const lastStep = Math.max(history.steps.at(-1) ?? 0, 100);
  const top = Math.max(...history.losses, 0.1);
  /** @param {number} step */
  const x = (step) => MARGIN.left + (step / lastStep) * (width - MARGIN.left - MARGIN.right);
  /** @param {number} loss */
  const y = (loss) => height - MARGIN.bottom - (loss / top) * (height - MARGIN.top - MARGIN.bottom);

  context.font = `${FONT_SIZE}px ${style.fontFamily}`;
  context.fillStyle = style.getPropertyValue('--muted');
  context.strokeStyle = style.getPropertyValue('--line');
  context.lineWidth = 1;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const loss of ticks(top, 8)) {
    line(context, [x(0), x(lastStep)], [y(loss), y(loss)]);
    context.fillText(format(loss), MARGIN.left - 6, y(loss));
  }
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const step of ticks(lastStep, width < 400 ? 3 : 5))
    context.fillText(step.toLocaleString(), Math.min(x(step), width - 20), height - MARGIN.bottom + 6);

  context.strokeStyle = style.getPropertyValue('--accent');
  context.lineWidth = 2;
  context.lineJoin = 'round';
  line(context, history.steps.map(x), history.losses.map(y));
};

/** @param {CanvasRenderingContext2D} context @param {number[]} xs @param {number[]} ys */
function line(context, xs, ys) {
  context.beginPath();
  xs.forEach((x, i) => {
    context.lineTo(x, ys[i]);
  });
  context.stroke();
}

/** Round numbers from 0 to `end`, about `count` of them. @param {number} end @param {number} count */
function ticks(end, count) {
  const rough = end / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
}

/** @param {number} value */
const format = (value) => value.toLocaleString(undefined, { maximumSignificantDigits: 2 });
