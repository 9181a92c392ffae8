"use strict";
document.documentElement.classList.add("scripted");

/* Figures: drawn from the JSON beside them, in the page's ink, folded on narrow screens. */
const GAP = 0.07, ROW_GAP = 72;
const ink = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const ending = place => place === 0 ? "" : String(place + 1);

function themed(layout) {
  layout.font = {...layout.font, color: ink("--ink")};
  layout.hoverlabel = {...layout.hoverlabel, bgcolor: ink("--paper"), bordercolor: ink("--line"), font: {color: ink("--ink")}};
  for (const key of Object.keys(layout).filter(key => /^[xy]axis\d*$/.test(key))) {
    Object.assign(layout[key], {gridcolor: ink("--grid"), zerolinecolor: ink("--grid"), linecolor: ink("--line")});
  }
}

function folded(layout, width) {
  const {panels, columns: most, panelHeight} = layout.meta || {};
  if (!panels) return;
  const columns = Math.min(most, Math.max(1, Math.floor(width / 290)));
  const rows = Math.ceil(panels / columns);
  const gap = ROW_GAP / (rows * panelHeight);
  const span = (index, count, space) => {
    const size = (1 - space * (count - 1)) / count, low = index * (size + space);
    return [low, Math.min(1, low + size)];
  };
  for (let place = 0; place < panels; place++) {
    const [low, high] = span(Math.floor(place / columns), rows, gap);
    layout["xaxis" + ending(place)].domain = span(place % columns, columns, GAP);
    layout["yaxis" + ending(place)].domain = [1 - high, 1 - low];
  }
  layout.height = rows * panelHeight + layout.margin.t + layout.margin.b;
}

function draw(source, paper = 0) {
  const target = document.getElementById(source.dataset.plot);
  const {data, layout} = JSON.parse(source.textContent);
  const width = paper || Math.max(target.clientWidth, layout.meta?.minWidth || 0);
  layout.template = undefined;
  themed(layout);
  folded(layout, width);
  const config = {displaylogo: false, responsive: false, displayModeBar: false, scrollZoom: false};
  Plotly.react(target, data, {...layout, width, dragmode: false}, config);
  fitLegend(target);
}

/* A legend of many lines pushes the panels down instead of covering them. */
function fitLegend(target) {
  const legend = target.querySelector(".legend");
  if (!legend) return;
  const {margin, height, meta} = target.layout;
  const top = Math.ceil(legend.getBBox().height) + (meta ? 34 : 14);
  Plotly.relayout(target, {"margin.t": top, height: height + top - margin.t});
}

const figures = [...document.querySelectorAll("script.figure")];
const drawAll = () => figures.forEach(source => draw(source));
let waiting, width = window.innerWidth;
window.addEventListener("resize", () => {
  if (window.innerWidth === width) return;
  width = window.innerWidth;
  clearTimeout(waiting);
  waiting = setTimeout(drawAll, 150);
});
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);

/* Sortable tables: empty values stay last whichever way a column is sorted. */
function compare(a, b, direction) {
  if (a === "" || b === "") return (a === "") - (b === "");
  const [x, y] = [Number(a), Number(b)];
  return direction * (Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y);
}

function sort(table, column) {
  const headers = [...table.tHead.rows[0].cells], header = headers[column];
  const now = header.getAttribute("aria-sort");
  const ascending = now === "none" ? header.dataset.best === "ascending" : now === "descending";
  headers.forEach(other => other.setAttribute("aria-sort", "none"));
  header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const rows = [...table.tBodies[0].rows];
  const order = row => row.cells[column].dataset.order;
  rows.sort((a, b) => compare(order(a), order(b), ascending ? 1 : -1));
  table.tBodies[0].append(...rows);
}

document.querySelectorAll("table.sortable").forEach(table => {
  [...table.tHead.rows[0].cells].forEach((header, column) => {
    header.querySelector("button").addEventListener("click", () => sort(table, column));
  });
});

/* The metric switch of the category tables. */
document.querySelectorAll("[data-switch]").forEach(box => {
  const tables = document.querySelectorAll(`[data-of="${box.dataset.switch}"]`);
  const show = () => {
    const metric = box.querySelector("input:checked").value;
    tables.forEach(table => { table.hidden = table.dataset.metric !== metric; });
  };
  box.addEventListener("change", show);
  show();
});

/* On paper everything is open, light, and as wide as a sheet. */
const SHEET = 660;
window.addEventListener("beforeprint", () => {
  document.documentElement.classList.add("printing");
  document.querySelectorAll("details").forEach(part => { part.open = true; });
  figures.forEach(source => draw(source, SHEET));
});
window.addEventListener("afterprint", () => {
  document.documentElement.classList.remove("printing");
  drawAll();
});

drawAll();
