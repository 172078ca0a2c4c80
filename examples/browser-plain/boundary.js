/** What the network makes of the square, and the points that it learns from. */
import { GRID } from './model.js';

/** One texel for each point of the grid; drawn larger. */
const texels = new OffscreenCanvas(GRID, GRID);

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import('./training.js').Progress} progress
 */
export function drawBoundary(canvas, { grid, data }) {
  const size = fitToScreen(canvas).width;
  const context = canvas.getContext('2d');
  const small = texels.getContext('2d');
  if (context === null || small === null) return;
  const style = getComputedStyle(canvas);
  const [surface, ...classes] = ['--surface', '--class-0', '--class-1'].map((name) =>
    rgbOf(small, style.getPropertyValue(name)),
  );

  small.putImageData(imageOf(grid, surface, classes), 0, 0);
  context.drawImage(texels, 0, 0, size, size);

  const radius = Math.max(2.5, size / 150);
  context.strokeStyle = style.getPropertyValue('--surface');
  context.lineWidth = radius / 2.5;
  for (const label of [0, 1]) {
    context.beginPath();
    for (let i = 0; i < data.labels.length; i++) {
      if (data.labels[i] !== label) continue;
      const x = ((data.points[2 * i] + 1) / 2) * size;
      const y = ((1 - data.points[2 * i + 1]) / 2) * size;
      if (label === 0) addDisc(context, x, y, radius);
      else addDiamond(context, x, y, 1.3 * radius);
    }
    context.stroke();
    context.fillStyle = style.getPropertyValue(`--class-${label}`);
    context.fill();
  }
}

/** Gives a canvas a pixel for each of the screen's. @param {HTMLCanvasElement} canvas */
export function fitToScreen(canvas) {
  const width = Math.round(canvas.clientWidth * devicePixelRatio);
  const height = Math.round(canvas.clientHeight * devicePixelRatio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return { width, height };
}

/**
 * The surer the network is, the more of a class's colour.
 * @param {ArrayLike<number>} grid
 * @param {number[]} surface
 * @param {number[][]} classes
 */
function imageOf(grid, surface, classes) {
  const image = new ImageData(GRID, GRID);
  for (let i = 0; i < grid.length; i++) {
    const colour = classes[grid[i] < 0.5 ? 0 : 1];
    const share = 0.12 + 0.9 * Math.abs(grid[i] - 0.5);
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = surface[c] + share * (colour[c] - surface[c]);
    image.data[4 * i + 3] = 255;
  }
  return image;
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} radius */
function addDisc(context, x, y, radius) {
  context.moveTo(x + radius, y);
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} radius */
function addDiamond(context, x, y, radius) {
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y);
  context.lineTo(x, y + radius);
  context.lineTo(x - radius, y);
  context.closePath();
}

/**
 * Red, green and blue of a colour, however it is written: a canvas gives it back in six digits.
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {string} colour
 */
function rgbOf(context, colour) {
  context.fillStyle = colour;
  const hex = String(context.fillStyle);
  return [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
}
