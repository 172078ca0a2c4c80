/** The report's style sheet, for light and dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #111827; --muted: #5b6472; --line: #e3e6eb; --empty: #f1f3f6;
  --accent: #2563eb; --good: #059669; --bad: #dc2626; --on-fill: #ffffff;
  --placeholder: #dbeafe; --placeholder-line: #2563eb; --variable: #fef3c7; --variable-line: #d97706;
  --output: #dcfce7; --output-line: #16a34a; --op: #ffffff; --op-line: #6b7280;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1217; --card: #181c23; --text: #e6e9ee; --muted: #98a2b3; --line: #2a303a; --empty: #20252e;
    --accent: #3b82f6; --good: #34d399; --bad: #ef4444; --on-fill: #ffffff;
    --placeholder: #172b4d; --placeholder-line: #60a5fa; --variable: #3d2f0c; --variable-line: #fbbf24;
    --output: #0f3323; --output-line: #34d399; --op: #20252e; --op-line: #6b7686;
  }
  img { filter: invert(1); }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 1160px; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
h1 { margin: 0; font-size: 1.9rem; letter-spacing: -0.01em; }
h2 { margin: 0; font-size: 1.05rem; }
h3 { margin: 1.25rem 0 0.6rem; font-size: 0.9rem; color: var(--muted); font-weight: 600; }
p { margin: 0.15rem 0 0.9rem; color: var(--muted); font-size: 0.9rem; }
header p { font-size: 1rem; max-width: 46rem; margin: 0.4rem 0 1.4rem; }
code { font-size: 0.95em; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.1rem 1.25rem; min-width: 0; }
body > section, .pair { margin-top: 1rem; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; }
.stack { display: grid; gap: 1rem; grid-template-rows: auto 1fr; min-width: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 1rem; }
.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 0.9rem 1.1rem; }
.tiles b { display: block; font-size: 1.6rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--muted); font-size: 0.85rem; }
section svg { display: block; max-width: 100%; height: auto; overflow: visible; --plot-background: var(--card); }
table { width: 100%; border-collapse: collapse; font-size: 0.88rem; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; white-space: nowrap; padding: 0.12rem 0.9rem 0.12rem 0; }
td { text-align: right; white-space: nowrap; padding: 0.12rem 0 0.12rem 0.9rem; width: 1%; }
td.bar { width: 100%; padding: 0; }
td.bar i { display: block; height: 10px; border-radius: 3px; min-width: 2px; }
i.good { background: var(--good); } i.bad { background: var(--bad); }
.digits { display: grid; grid-template-columns: repeat(auto-fill, minmax(80px, 1fr)); gap: 0.5rem; }
figure { margin: 0; padding: 0.4rem; border: 1px solid var(--line); border-radius: 8px; text-align: center; background: var(--empty); }
figure.wrong { border-color: var(--bad); }
img { image-rendering: pixelated; display: block; margin: 0 auto; }
figcaption { font-size: 0.8rem; line-height: 1.3; white-space: nowrap; margin-top: 0.2rem; }
figcaption span { color: var(--muted); }
.wrong b { color: var(--bad); } .right b { color: var(--good); }
.graph { overflow-x: auto; } .graph svg { margin: 0 auto; }
.graph text { fill: var(--text); }
.graph .edge text { fill: var(--muted); }
.graph .edge path { stroke: var(--muted); } .graph .edge polygon { stroke: var(--muted); fill: var(--muted); }
.graph .placeholder path { fill: var(--placeholder); stroke: var(--placeholder-line); }
.graph .variable path { fill: var(--variable); stroke: var(--variable-line); }
.graph .constant path { fill: var(--empty); stroke: var(--op-line); }
.graph .op path { fill: var(--op); stroke: var(--op-line); }
.graph .output path { fill: var(--output); stroke: var(--output-line); }
.key { display: inline-block; padding: 0 0.5rem; border: 1px solid; border-radius: 6px; color: var(--text); font-size: 0.8rem; }
.key.placeholder { background: var(--placeholder); border-color: var(--placeholder-line); }
.key.variable { background: var(--variable); border-color: var(--variable-line); }
.key.op { background: var(--op); border-color: var(--op-line); }
.key.output { background: var(--output); border-color: var(--output-line); }
footer { margin-top: 1.5rem; color: var(--muted); font-size: 0.85rem; }
@media (max-width: 820px) { .pair { grid-template-columns: minmax(0, 1fr); } }
@media print { body { background: none; } section { break-inside: avoid; } }
`;
