/* With several datasets one is shown at a time; on paper, all. */
const parts = [...document.querySelectorAll("[data-dataset]")];
const tabs = [...document.querySelectorAll("[data-tab]")];

function showDataset(name) {
  parts.forEach(part => { part.hidden = part.dataset.dataset !== name; });
  tabs.forEach(tab => tab.setAttribute("aria-current", tab.dataset.tab === name ? "true" : "false"));
  document.dispatchEvent(new CustomEvent("dataset", {detail: name}));
}

if (tabs.length) {
  tabs.forEach(tab => tab.addEventListener("click", () => showDataset(tab.dataset.tab)));
  showDataset(tabs[0].dataset.tab);
}
