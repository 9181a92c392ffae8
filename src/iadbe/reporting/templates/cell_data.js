/* Blocks of data are read when they are asked for: a page of many cells opens at once. */
const blocks = new Map();
function block(id) {
  if (!blocks.has(id)) blocks.set(id, JSON.parse(document.getElementById(id)?.textContent || "null"));
  return blocks.get(id);
}

const KINDS = {worst_miss: "Worst misses", worst_false_alarm: "Worst false alarms", typical_hit: "Typical hits"};
const digits = value => value === null || value === undefined ? "–" : String(Number(Number(value).toPrecision(4)));
const thousand = share => digits(Number((1000 * share).toPrecision(3)));

/* A cell with the samples of its category: id, label, defect type and size, score, place. */
function openCell(entry) {
  const [dataset, , category, , id] = entry;
  const cell = block(`cell:${id}`), shared = block(`category:${dataset}.${category}`);
  const samples = shared.samples.map(([name, label, type, size], place) =>
    ({place, name, label, type, size, score: cell.scores[place] ?? null}));
  return {entry, ...cell, shared, samples: samples.filter(sample => sample.score !== null)};
}

/* What a threshold does to the test samples: those above it are called anomalous. */
function outcome(cell, threshold) {
  const count = (label, above) => cell.samples.filter(s => s.label === label && (s.score > threshold) === above).length;
  const normal = cell.samples.filter(s => s.label === 0).length;
  return {falseAlarms: count(0, true), normal, misses: count(1, false), anomalous: cell.samples.length - normal};
}

/* ROC and precision-recall, exact from the scores, tied scores in one step. */
function curvesOf(cell) {
  const {normal, anomalous} = outcome(cell, Infinity);
  const roc = [[0], [0]], pr = [[], []];
  let best = {f1: -1, threshold: null}, fp = 0, tp = 0;
  const ranked = [...cell.samples].sort((a, b) => b.score - a.score);
  ranked.forEach((sample, place) => {
    if (sample.label) tp++; else fp++;
    const next = ranked[place + 1];
    if (next && next.score === sample.score) return;
    roc[0].push(fp / normal), roc[1].push(tp / anomalous);
    pr[0].push(tp / anomalous), pr[1].push(tp / (tp + fp));
    const f1 = 2 * tp / (tp + fp + anomalous);
    if (f1 > best.f1) best = {f1, threshold: next ? (sample.score + next.score) / 2 : sample.score - 1e-9 * Math.abs(sample.score || 1)};
  });
  return {roc, pr, best: best.threshold};
}
