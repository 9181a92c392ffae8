/* Figures: drawn from the JSON beside them when they come into view, in the page's ink, folded on
   narrow screens. */
const GAP = 0.07, ROW_GAP = 72;
const CONFIG = {displaylogo: false, responsive: false, displayModeBar: false, scrollZoom: false};
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
  Plotly.react(target, data, {...layout, width, dragmode: false}, CONFIG);
  fitLegend(target);
  target.drawn = true;
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
const targetOf = source => document.getElementById(source.dataset.plot);
const redraw = () => figures.filter(source => targetOf(source).drawn && targetOf(source).clientWidth).forEach(source => draw(source));
const inView = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => {
  inView.unobserve(entry.target);
  draw(figures.find(source => targetOf(source) === entry.target));
}), {rootMargin: "400px"});
figures.forEach(source => inView.observe(targetOf(source)));

let waiting, pageWidth = window.innerWidth;
window.addEventListener("resize", () => {
  if (window.innerWidth === pageWidth) return;
  pageWidth = window.innerWidth;
  clearTimeout(waiting);
  waiting = setTimeout(() => document.dispatchEvent(new Event("repaint")), 150);
});
document.addEventListener("repaint", redraw);
