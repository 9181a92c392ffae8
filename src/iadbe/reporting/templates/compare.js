"use strict";
/* Which traces of a figure are shown: those of the chosen metric, or of the chosen models. */
(() => {
  function reveal(plot, wanted) {
    const source = document.querySelector(`script.figure[data-plot="${plot}"]`);
    const figure = JSON.parse(source.textContent);
    figure.data.forEach(trace => { trace.visible = wanted.includes(trace.name); });
    source.textContent = JSON.stringify(figure).replaceAll("<", "\\u003c");
    draw(source);
  }

  const checked = box => [...box.querySelectorAll("input:checked")].map(input => input.value);

  document.querySelectorAll("[data-traces]").forEach(box => {
    box.hidden = false;
    box.addEventListener("change", () => reveal(box.dataset.traces, checked(box)));
  });

  document.querySelectorAll("[data-choose]").forEach(box => {
    const most = Number(box.dataset.most), inputs = [...box.querySelectorAll("input")];
    const limit = () => {
      const full = checked(box).length >= most;
      inputs.forEach(input => { input.disabled = full && !input.checked; });
      box.querySelector("[role=status]").textContent = full ? `${most} models are chosen: clear one to choose another.` : "";
    };
    box.hidden = false;
    box.addEventListener("change", () => { limit(); reveal(box.dataset.choose, checked(box)); });
    limit();
  });
})();
