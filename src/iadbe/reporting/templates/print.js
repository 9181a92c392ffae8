/* On paper everything is open, light, and as wide as a sheet. */
const SHEET = 660;
window.addEventListener("beforeprint", () => {
  root.classList.add("printing");
  document.querySelectorAll("details").forEach(part => { part.open = true; });
  parts.forEach(part => { part.hidden = false; });
  figures.forEach(source => draw(source, SHEET));
});
window.addEventListener("afterprint", () => {
  root.classList.remove("printing");
  const shown = tabs.find(tab => tab.getAttribute("aria-current") === "true");
  if (shown) showDataset(shown.dataset.tab);
  redraw();
});
