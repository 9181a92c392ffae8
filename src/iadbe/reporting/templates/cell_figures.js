/* The two figures of a cell: scores by label, and the curves with the threshold's point on them. */
const NORMAL = "#0072B2", ANOMALOUS = "#D55E00";
const BINS = 40;
const base = (height, extra) => ({
  height, margin: {l: 52, r: 12, t: 30, b: 42}, dragmode: false, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
  font: {family: "system-ui, -apple-system, 'Segoe UI', sans-serif", size: 13}, legend: {orientation: "h", x: 0, y: 1.02, yanchor: "bottom"}, ...extra,
});

function spanOf(cell) {
  const scores = cell.samples.map(sample => sample.score);
  const low = Math.min(...scores), high = Math.max(...scores);
  const pad = (high - low) * 0.02 || Math.abs(low) * 0.02 || 1e-6;
  return [low - pad, high + pad];
}

function drawHistogram(cell, threshold) {
  const target = document.getElementById("cell-histogram"), [low, high] = spanOf(cell);
  const bars = (label, name, color, pattern) => ({
    type: "histogram", name, x: cell.samples.filter(s => s.label === label).map(s => s.score),
    xbins: {start: low, end: high, size: (high - low) / BINS}, opacity: 0.75,
    marker: {color, pattern: {shape: pattern, fillmode: "overlay", fgcolor: ink("--paper"), size: 6}},
  });
  const layout = base(240, {
    barmode: "overlay", width: target.clientWidth, bargap: 0.04,
    xaxis: {title: {text: "image score"}, range: [low, high]}, yaxis: {title: {text: "test images"}},
    shapes: [{type: "line", x0: threshold, x1: threshold, y0: 0, y1: 1, yref: "paper", line: {color: ink("--ink"), width: 2, dash: "dash"}}],
  });
  themed(layout);
  Plotly.react(target, [bars(0, "normal", NORMAL, ""), bars(1, "anomalous", ANOMALOUS, "/")], layout, CONFIG);
}

function moveLine(threshold) {
  Plotly.relayout("cell-histogram", {"shapes[0].x0": threshold, "shapes[0].x1": threshold});
}

function drawCurves(cell, curves, threshold) {
  const target = document.getElementById("cell-curves"), width = target.clientWidth;
  const line = (xy, n, name, color) => ({x: xy[0], y: xy[1], xaxis: `x${n}`, yaxis: `y${n}`, name, mode: "lines", line: {color, width: 2.5}, showlegend: false});
  const point = n => ({x: [null], y: [null], xaxis: `x${n}`, yaxis: `y${n}`, mode: "markers", name: "at the threshold", showlegend: false, marker: {size: 12, color: ink("--ink"), symbol: "diamond"}});
  const panels = [["ROC", "false positive rate", "true positive rate"], ["Precision–recall", "recall", "precision"], ["PRO", "false positive rate of pixels", "overlap with defects"]];
  const layout = base(0, {width, annotations: [], meta: {panels: 3, columns: 3, panelHeight: 250}});
  panels.forEach(([title, x, y], place) => {
    const n = ending(place);
    layout["xaxis" + n] = {title: {text: x}, range: place === 2 ? [0, 0.3] : [0, 1.01], anchor: "y" + n};
    layout["yaxis" + n] = {title: {text: y}, range: [0, 1.02], anchor: "x" + n};
    layout.annotations.push({text: title, showarrow: false, xref: `x${n} domain`, yref: `y${n} domain`, x: 0, y: 1.02, xanchor: "left", yanchor: "bottom"});
  });
  themed(layout);
  folded(layout, width);
  const pro = cell.pro[0].length ? cell.pro : [[0.15], [0.5]];
  const traces = [line(curves.roc, "", "ROC", NORMAL), point(""), line(curves.pr, "2", "precision–recall", NORMAL), point("2"), line(pro, "3", "PRO", NORMAL)];
  if (!cell.pro[0].length) Object.assign(traces[4], {mode: "text", text: ["no anomaly maps or masks"]});
  Plotly.react(target, traces, layout, CONFIG);
  movePoints(cell, threshold);
}

function movePoints(cell, threshold) {
  const {falseAlarms, normal, misses, anomalous} = outcome(cell, threshold);
  const found = anomalous - misses, called = found + falseAlarms;
  const x = [[normal ? falseAlarms / normal : null], [anomalous ? found / anomalous : null]];
  const y = [[anomalous ? found / anomalous : null], [called ? found / called : null]];
  Plotly.restyle("cell-curves", {x, y}, [1, 3]);
}
