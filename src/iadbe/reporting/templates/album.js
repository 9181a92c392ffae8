/* Example images of a category, by defect type; drawn when opened. */
const MOST = 12;

function album(id) {
  const {samples, images, others} = block(id), kinds = new Map();
  const add = (type, content, name) => kinds.set(type, [...(kinds.get(type) || []), [content, name]]);
  others.forEach(([name, split, type, content]) => add(split === "train" ? "training, normal" : type, content, name));
  Object.entries(images).forEach(([place, content]) => add(samples[place][2], content, samples[place][0]));
  return [...kinds].sort(([a], [b]) => a.localeCompare(b)).flatMap(([type, found]) => [
    element("h3", {textContent: readable(type)}),
    element("ul", {className: "album"}, ...found.slice(0, MOST).map(([content, name]) =>
      element("li", {}, element("img", {src: dataUri("jpeg", content), alt: `${readable(type)}, ${name}`, title: name})))),
  ]);
}

document.querySelectorAll("[data-album]").forEach(part => part.addEventListener("toggle", () => {
  if (part.open && !part.filled) part.lastElementChild.replaceChildren(...album(part.dataset.album));
  part.filled = true;
}));
