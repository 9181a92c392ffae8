/* A cell: choose it, move its threshold, look at its numbers. */
const cellEntries = JSON.parse(document.getElementById("cells").textContent);
const AXES = ["dataset", "model", "category", "seed"];
const pickers = AXES.map(axis => document.getElementById(`pick-${axis}`));
let openedCell = null;

const options = (select, values, chosen) => {
  select.replaceChildren(...values.map(value => element("option", {value, textContent: value})));
  if (values.map(String).includes(String(chosen))) select.value = chosen;
};

/* Each choice leaves those after it that exist. */
function fillPickers(entry) {
  let rows = cellEntries;
  pickers.forEach((picker, axis) => {
    options(picker, [...new Set(rows.map(row => row[axis]))], entry[axis]);
    rows = rows.filter(row => String(row[axis]) === picker.value);
  });
  return rows[0];
}

function setThreshold(threshold) {
  const cell = openedCell, slider = document.getElementById("cell-threshold");
  cell.now = threshold;
  slider.value = threshold;
  document.getElementById("cell-threshold-value").textContent = digits(threshold);
  slider.setAttribute("aria-valuetext", `threshold ${digits(threshold)}`);
  moveLine(threshold);
  movePoints(cell, threshold);
  showOutcome(cell, threshold);
  showSides(cell, threshold);
  showRecall(cell, threshold);
}

const ends = (intervals, count) => intervals[count] ? ` (${intervals[count].map(thousand).join("–")})` : "";

function showOutcome(cell, threshold) {
  const {falseAlarms, normal, misses, anomalous} = outcome(cell, threshold);
  const line = (wrong, of, intervals, what) => of
    ? [`${wrong} of ${of}`, `${thousand(wrong / of)} per 1,000 ${what}${ends(intervals, wrong)}`] : ["–", `no ${what} in the test`];
  for (const [id, [value, detail]] of [
    ["cell-false-alarms", line(falseAlarms, normal, cell.shared.intervals[0], "good parts")],
    ["cell-misses", line(misses, anomalous, cell.shared.intervals[1], "defective parts")],
  ]) {
    const card = document.getElementById(id);
    card.querySelector("strong").textContent = value;
    card.querySelector(".detail").textContent = detail;
  }
}

function showRecall(cell, threshold) {
  const body = document.getElementById("cell-recall"), rows = [];
  for (const [key, title] of [["type", "defect type"], ["size", "defect size"]]) {
    const names = [...new Set(cell.samples.filter(s => s.label && s[key]).map(s => s[key]))].sort();
    for (const name of names) {
      const own = cell.samples.filter(s => s.label && s[key] === name), found = own.filter(s => s.score > threshold).length;
      const bar = element("meter", {min: 0, max: own.length, value: found});
      bar.setAttribute("aria-label", `${found} of ${own.length} found`);
      const header = element("th", {scope: "row", className: "name", textContent: readable(name)});
      rows.push(element("tr", {}, header, element("td", {textContent: title}), element("td", {textContent: `${found} of ${own.length}`}), element("td", {}, bar)));
    }
  }
  body.replaceChildren(...rows);
}

function showNumbers(cell) {
  const shown = (value, level) => value === null ? "–" : level === "system" || Math.abs(value) > 1 ? digits(value) : value.toFixed(4);
  document.getElementById("cell-numbers").replaceChildren(...cell.metrics.map(([level, metric, value, low, high, n, leakage, reason]) => element("tr", {},
    element("th", {scope: "row", className: "name", textContent: readable(metric)}), element("td", {textContent: level}),
    element("td", {textContent: shown(value, level)}),
    element("td", {textContent: low === null || high === null ? "" : `${shown(low, level)} to ${shown(high, level)}`}),
    element("td", {textContent: n || ""}), element("td", {className: "cause", textContent: [leakage === "none" ? "" : `saw of the test: ${leakage}`, reason].filter(Boolean).join("; ")}))));
}

function showProvenance(cell) {
  const parts = cell.provenance.flatMap(([title, lines]) => [
    ...(title ? [element("h4", {textContent: title})] : []),
    element("dl", {className: "facts"}, ...lines.map(([label, value]) => element("div", {}, element("dt", {textContent: label}), element("dd", {}, title === "to repeat" ? element("code", {textContent: value}) : value)))),
  ]);
  document.getElementById("cell-provenance").replaceChildren(...parts);
}

function show(entry) {
  const cell = openedCell = openCell(entry), some = cell.samples.length > 0;
  document.getElementById("cell-id").textContent = entry[4];
  const badge = document.getElementById("cell-status");
  badge.textContent = cell.status;
  badge.className = `badge ${cell.status}`;
  document.getElementById("cell-cause").textContent = cell.cause;
  document.getElementById("cell-scores").hidden = !some;
  showNumbers(cell);
  showProvenance(cell);
  document.getElementById("cell-numbers-part").hidden = !cell.metrics.length;
  showGallery(cell);
  if (!some) return;
  cell.curves = curvesOf(cell);
  const [low, high] = spanOf(cell), slider = document.getElementById("cell-threshold");
  Object.assign(slider, {min: low, max: high, step: (high - low) / 500});
  cell.now = cell.threshold ? cell.threshold[0] : cell.curves.best;
  document.getElementById("cell-set").disabled = !cell.threshold;
  drawHistogram(cell, cell.now);
  drawCurves(cell, cell.curves, cell.now);
  setThreshold(cell.now);
}

function snap(kind) {
  const of = label => openedCell.samples.filter(sample => sample.label === label).map(sample => sample.score);
  const hair = (spanOf(openedCell)[1] - spanOf(openedCell)[0]) * 1e-9;
  setThreshold({
    set: () => openedCell.threshold[0], f1: () => openedCell.curves.best,
    misses: () => Math.min(...of(1)) - hair, alarms: () => Math.max(...of(0)),
  }[kind]());
}

/* `#cell:demo.padim.fabric.s0` opens a cell: every value of the tables is such a link. */
function followHash() {
  const id = decodeURIComponent(location.hash.slice(1));
  const entry = id.startsWith("cell:") && cellEntries.find(row => row[4] === id.slice(5));
  if (!entry) return;
  show(fillPickers(entry));
  const look = document.getElementById("look");
  look.scrollIntoView();
  look.focus({preventScroll: true});
}

if (cellEntries.length) {
  pickers.forEach((picker, axis) => picker.addEventListener("change", () => {
    const wanted = pickers.map(each => each.value);
    const best = cellEntries.filter(row => row.slice(0, axis + 1).every((value, place) => String(value) === wanted[place]));
    show(fillPickers(best.find(row => row.slice(0, 4).every((value, place) => String(value) === wanted[place])) || best[0]));
  }));
  document.getElementById("cell-threshold").addEventListener("input", event => setThreshold(Number(event.target.value)));
  document.querySelectorAll("[data-snap]").forEach(button => button.addEventListener("click", () => snap(button.dataset.snap)));
  document.addEventListener("dataset", event => {
    const entry = cellEntries.find(row => row[0] === event.detail);
    if (entry && openedCell && openedCell.entry[0] !== event.detail) show(fillPickers(entry));
  });
  document.addEventListener("repaint", () => {
    if (!openedCell?.samples.length) return;
    drawHistogram(openedCell, openedCell.now);
    drawCurves(openedCell, openedCell.curves, openedCell.now);
  });
  window.addEventListener("hashchange", followHash);
  const look = document.getElementById("look");
  const openFirst = () => openedCell || show(fillPickers(cellEntries.find(row => row[4] === look.dataset.first) || cellEntries[0]));
  new IntersectionObserver(([entry], observer) => {
    if (!entry.isIntersecting) return;
    observer.disconnect();
    openFirst();
  }, {rootMargin: "600px"}).observe(look);
  window.addEventListener("beforeprint", openFirst);
  followHash();
}
