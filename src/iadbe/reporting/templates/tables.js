/* Sortable tables: empty values stay last whichever way a column is sorted, groups stay apart. */
function compare(a, b, direction) {
  if (a === "" || b === "") return (a === "") - (b === "");
  const [x, y] = [Number(a), Number(b)];
  return direction * (Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y);
}

function sort(table, column) {
  const headers = [...table.tHead.rows[0].cells], header = headers[column];
  const now = header.getAttribute("aria-sort");
  const ascending = now === "none" ? header.dataset.best === "ascending" : now === "descending";
  headers.forEach(other => other.hasAttribute("aria-sort") && other.setAttribute("aria-sort", "none"));
  header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const order = row => row.cells[column].dataset.order;
  for (const body of table.tBodies) {
    const rows = [...body.rows].filter(row => row.dataset.model);
    rows.sort((a, b) => compare(order(a), order(b), ascending ? 1 : -1));
    body.append(...rows);
  }
}

document.querySelectorAll("table.sortable").forEach(table => {
  [...table.tHead.rows[0].cells].forEach((header, column) => {
    header.querySelector("button")?.addEventListener("click", () => sort(table, column));
  });
});

/* The metric switch of the category tables. */
document.querySelectorAll("[data-switch]").forEach(box => {
  const tables = document.querySelectorAll(`[data-of="${box.dataset.switch}"]`);
  const choice = box.querySelector("select");
  const show = () => tables.forEach(table => { table.hidden = table.dataset.metric !== choice.value; });
  choice.addEventListener("change", show);
  show();
});

/* The filter of a dataset: which models its tables show. */
document.querySelectorAll("[data-filter]").forEach(box => {
  const rows = [...document.querySelectorAll(`[data-dataset="${box.dataset.filter}"] tr[data-model]`)];
  const [words, supervised, unranked, published] = ["words", "supervised", "unranked", "published"].map(name => box.querySelector(`[name="${name}"]`));
  const told = box.querySelector("output");
  const wanted = row => {
    const asked = words.value.toLowerCase().split(/[\s,]+/).filter(Boolean);
    return (!asked.length || asked.some(word => row.dataset.model.toLowerCase().includes(word)))
      && (!supervised || supervised.checked || !row.dataset.supervised)
      && (!unranked || unranked.checked || !row.dataset.unranked);
  };
  const filter = () => {
    rows.forEach(row => { row.hidden = !wanted(row); });
    const models = new Set(rows.map(row => row.dataset.model));
    const shown = new Set(rows.filter(row => !row.hidden).map(row => row.dataset.model));
    told.textContent = shown.size === models.size ? "" : `${shown.size} of ${models.size} models shown`;
    document.querySelectorAll(`[data-dataset="${box.dataset.filter}"] tbody.apart`).forEach(body => {
      body.hidden = ![...body.rows].some(row => row.dataset.model && !row.hidden);
    });
  };
  box.addEventListener("input", filter);
  published?.addEventListener("change", () => {
    document.querySelector(`[data-dataset="${box.dataset.filter}"]`).classList.toggle("with-published", published.checked);
  });
});
