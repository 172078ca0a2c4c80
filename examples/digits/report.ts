/** The report: one HTML page about one training, with everything that it shows inside of it. */
import { print } from 'retrograph';
import type { Epoch, Test } from '../example.ts';
import { IMAGE_SIZE, SIDE } from './data.ts';
import { makeModel } from './model.ts';
import { type Drawing, loadDrawing } from './report-drawing.ts';
import { STYLE } from './report-style.ts';
import type { DigitsTraining } from './train.ts';

const WRONG_SHOWN = 48;
const RIGHT_SHOWN = 24;

/** @throws Error where the packages that draw are not installed */
export async function report(result: DigitsTraining): Promise<string> {
  const drawing = await loadDrawing();
  const { settings, network, test, losses, epochs, backend, seed } = result;
  const trained = losses.length > 0;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Handwritten digits: ${percent(test.accuracy)} right</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Handwritten digits</h1>
<p>${capital(network)}; ${trained ? 'trained' : 'tested'} by Retrograph on <code>${escapeHtml(backend)}</code>, seed ${seed}.
${trained ? `Adam, batches of ${settings.batchSize}, learning rate ${settings.learningRate} falling to 0 along half a cosine.` : ''}</p>
</header>
${tiles(result)}
${trained ? `<div class="pair">\n${lossSection(drawing, losses)}\n${accuracySection(drawing, epochs)}\n</div>` : ''}
<div class="pair">
${confusionSection(drawing, test)}
${mistakesSection(test)}
</div>
${samplesSection(drawing, result)}
${graphSection(drawing, result)}
<footer>Digits: the MNIST database. The test digits took no part in training.</footer>
</body>
</html>
`;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const section = (title: string, about: string, body: string, kind = ''): string =>
  `<section${kind === '' ? '' : ` class="${kind}"`}>\n<h2>${title}</h2>\n<p>${about}</p>\n${body}\n</section>`;

const countWrong = ({ labels, predictions }: Test): number => predictions.filter((p, i) => p !== labels[i]).length;

function tiles({ test, epochs, losses, parameters, trained, settings }: DigitsTraining): string {
  const wrong = countWrong(test);
  const long =
    settings.steps === undefined
      ? `${epochs.length} epoch${epochs.length === 1 ? '' : 's'} of`
      : `${settings.steps.toLocaleString('en')} steps on`;
  const tile = (value: string, what: string): string => `<div><b>${value}</b><span>${what}</span></div>`;
  return `<div class="tiles">${[
    tile(percent(test.accuracy), 'of test digits right'),
    tile(`${wrong}`, `wrong of ${test.labels.length.toLocaleString('en')}`),
    ...(epochs.length > 0
      ? [tile(`${epochs.at(-1)!.seconds.toFixed(1)} s`, `${long} ${trained.toLocaleString('en')} digits`)]
      : []),
    ...(losses.length > 0 ? [tile(losses.length.toLocaleString('en'), 'steps')] : []),
    tile(parameters.toLocaleString('en'), 'parameters'),
  ].join('')}</div>`;
}

function lossSection({ Plot, svg }: Drawing, losses: readonly number[]): string {
  const points = losses.map((loss, i) => ({ step: i + 1, loss }));
  const k = Math.max(1, Math.round(losses.length / 50));
  const chart = svg({
    width: 520,
    height: 300,
    marginLeft: 50,
    x: { label: 'step' },
    y: { type: 'log', label: 'loss', grid: true, ticks: powersOfTen(losses), tickFormat: (v: number) => `${v}` },
    marks: [
      Plot.lineY(points, { x: 'step', y: 'loss', stroke: 'var(--accent)', strokeOpacity: 0.25, strokeWidth: 1 }),
      Plot.lineY(
        points,
        Plot.windowY({ k, reduce: 'mean' }, { x: 'step', y: 'loss', stroke: 'var(--accent)', strokeWidth: 2.5 }),
      ),
    ],
  });
  return section('Training loss', `Cross-entropy of each batch, and its mean over ${k} batches.`, chart);
}

/** Those between the least and the largest value. */
function powersOfTen(values: readonly number[]): readonly number[] {
  const exponents = [-6, -5, -4, -3, -2, -1, 0, 1, 2];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return exponents.map((e) => Number(`1e${e}`)).filter((v) => v >= least && v <= most);
}

function accuracySection({ Plot, svg }: Drawing, epochs: readonly Epoch[]): string {
  const least = Math.min(...epochs.map((e) => e.accuracy));
  const options = { x: 'epoch', y: 'accuracy' };
  const chart = svg({
    width: 520,
    height: 300,
    marginLeft: 60,
    marginRight: 40,
    marginTop: 30,
    x: {
      label: 'epoch',
      ticks: epochs.map((e) => e.epoch),
      tickFormat: (v: number) => `${v}`,
      domain: [0.6, epochs.length + 0.4],
    },
    y: {
      label: 'told right',
      grid: true,
      domain: [1 - 1.2 * (1 - least), 1],
      ticks: 5,
      tickFormat: (v: number) => `${Number((100 * v).toFixed(2))} %`,
    },
    marks: [
      Plot.lineY(epochs, { ...options, stroke: 'var(--good)', strokeWidth: 2.5 }),
      Plot.dot(epochs, { ...options, fill: 'var(--good)', r: 4 }),
      Plot.text(epochs, {
        ...options,
        text: (e: Epoch) => percent(e.accuracy),
        dy: -14,
        fill: 'currentColor',
        fontSize: 11,
      }),
    ],
  });
  return section('Test accuracy', 'Digits that took no part in training, after each epoch.', chart);
}

function confusionSection({ Plot, svg }: Drawing, { confusion }: Test): string {
  const cells = confusion.flatMap((row, label) =>
    row.map((n, prediction) => ({
      label,
      prediction,
      n,
      right: label === prediction,
      total: row.reduce((a, b) => a + b, 0),
    })),
  );
  const worst = Math.max(1, ...cells.filter((c) => !c.right).map((c) => c.n));
  const strength = (c: (typeof cells)[number]): number =>
    c.right ? c.n / Math.max(1, c.total) : c.n === 0 ? 0 : 0.12 + (0.88 * c.n) / worst;
  const options = { x: 'prediction', y: 'label' };
  const chart = svg({
    width: 520,
    height: 500,
    marginTop: 40,
    marginLeft: 40,
    padding: 0.06,
    x: { label: 'taken for', axis: 'top', tickSize: 0 },
    y: { label: 'is', labelAnchor: 'top', labelArrow: 'none', tickSize: 0 },
    opacity: { type: 'identity' },
    color: { type: 'identity' },
    marks: [
      Plot.cell(cells, { ...options, fill: 'var(--empty)', rx: 4 }),
      Plot.cell(cells, {
        ...options,
        fill: (c) => (c.right ? 'var(--accent)' : 'var(--bad)'),
        fillOpacity: strength,
        rx: 4,
        title: (c) => `${c.n} of ${c.total} digits ${c.label} are taken for ${c.prediction}`,
      }),
      Plot.text(
        cells.filter((c) => c.n > 0),
        { ...options, text: 'n', fill: (c) => (strength(c) > 0.6 ? 'var(--on-fill)' : 'currentColor'), fontSize: 12 },
      ),
    ],
  });
  return section('Confusion', 'How many digits of a row were taken for that of a column; mistakes in red.', chart);
}

function mistakesSection(test: Test): string {
  const { confusion } = test;
  const pairs = confusion.flatMap((row, label) => row.map((n, prediction) => ({ label, prediction, n })));
  const common = pairs
    .filter((p) => p.label !== p.prediction && p.n > 0)
    .sort((a, b) => b.n - a.n)
    .slice(0, 6);
  const most = common[0]?.n ?? 1;
  const bar = (share: number, kind: string): string =>
    `<td class="bar"><i class="${kind}" style="width:${(100 * share).toFixed(1)}%"></i></td>`;
  const mistakes = common.map(
    (p) => `<tr><th>${p.label} taken for ${p.prediction}</th>${bar(p.n / most, 'bad')}<td>${p.n}</td></tr>`,
  );
  const shares = confusion
    .map((row, label) => ({ label, total: row.reduce((a, b) => a + b, 0), right: row[label]! }))
    .filter(({ total }) => total > 0);
  const least = Math.min(...shares.map(({ right, total }) => right / total));
  // bars from a common start below the least, so that they differ to the eye; the numbers say all of it
  const start = Math.max(0, 1 - 1.25 * (1 - least));
  const digitsTable = shares.map(
    ({ label, total, right }) =>
      `<tr><th>${label}</th>${bar((right / total - start) / (1 - start || 1), 'good')}<td>${percent(right / total)}</td></tr>`,
  );
  return `<div class="stack">
${section('Digit by digit', `The share of each that is told right; bars start at ${percent(start)}.`, `<table>${digitsTable.join('')}</table>`)}
${section('Most frequent mistakes', `Of ${countWrong(test)} in all.`, `<table>${mistakes.join('')}</table>`)}
</div>`;
}

function samplesSection({ png }: Drawing, { digits, test: { predictions, confidences } }: DigitsTraining): string {
  const all = predictions.map((prediction, i) => ({
    i,
    prediction,
    label: digits.labels[i]!,
    confidence: confidences[i]!,
  }));
  const wrong = all.filter((d) => d.prediction !== d.label).sort((a, b) => b.confidence - a.confidence);
  const right = all.filter((d) => d.prediction === d.label);
  const figure = ({ i, prediction, label, confidence }: (typeof all)[number]): string => {
    const ok = prediction === label;
    const image = png(digits.images.subarray(i * IMAGE_SIZE, (i + 1) * IMAGE_SIZE), SIDE);
    const says = `${ok ? '✓' : '✗'} ${prediction}`;
    const more = ok ? `${Math.round(100 * confidence)} %` : `is ${label}`;
    return `<figure class="${ok ? 'right' : 'wrong'}" title="test digit ${i}: a ${label}, taken for ${prediction} with ${percent(confidence)}"><img src="${image}" alt="a ${label}" width="56" height="56"><figcaption><b>${says}</b> <span>${more}</span></figcaption></figure>`;
  };
  const grid = (title: string, list: typeof all): string =>
    list.length === 0 ? '' : `<h3>${title}</h3><div class="digits">${list.map(figure).join('')}</div>`;
  const shown = wrong.slice(0, WRONG_SHOWN);
  const about = 'What the model says, and for its mistakes what the digit is.';
  return section(
    'Predictions',
    about,
    `${grid(shown.length < wrong.length ? `Wrong, the ${shown.length} surest of ${wrong.length}` : 'Wrong', shown)}${grid('Right, the first of them', right.slice(0, RIGHT_SHOWN))}`,
  );
}

function graphSection({ dot }: Drawing, { settings }: DigitsTraining): string {
  const { probabilities, loss } = makeModel(settings);
  const picture = dot(print({ probabilities, loss }, { format: 'dot' }));
  const key = ['placeholder', 'variable', 'op', 'output']
    .map((kind) => `<span class="key ${kind}">${kind}</span>`)
    .join(' ');
  return section(
    'The graph',
    `What is fed, what is learned, and what is computed of it, as it was built. ${key}`,
    `<div class="graph">${picture}</div>`,
    'wide',
  );
}
