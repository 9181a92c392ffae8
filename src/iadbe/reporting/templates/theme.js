/* Light, dark, or as the device has it; the choice lasts while the page is open. */
const THEMES = ["auto", "light", "dark"];
const root = document.documentElement;
root.classList.add("scripted");

/* The resolved colour of a CSS variable: what a figure draws with. */
function ink(name) {
  const probe = document.getElementById("probe");
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

const themeButton = document.getElementById("theme");
themeButton.addEventListener("click", () => {
  const next = THEMES[(THEMES.indexOf(root.dataset.theme || "auto") + 1) % THEMES.length];
  root.dataset.theme = next;
  themeButton.textContent = `Theme: ${next}`;
  document.dispatchEvent(new Event("repaint"));
});
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  document.dispatchEvent(new Event("repaint"));
});
