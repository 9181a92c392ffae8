/* Pictures of a cell: thumbnails on either side of the threshold, and galleries drawn on canvases
   from the image, the mask and the grey anomaly map. */
const SIDE = 6;
const OUTLINE = [0, 230, 255];
const inferno = Uint8Array.from(atob(document.getElementById("inferno").textContent.trim()), letter => letter.charCodeAt(0));

const element = (tag, attributes = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
};
const readable = name => name.replaceAll("_", " ");
const dataUri = (kind, content) => `data:image/${kind};base64,${content}`;

/* Normal or anomalous, what it was called, and whether that is wrong: in words, not in colour alone. */
function verdict(sample, threshold) {
  const called = sample.score > threshold;
  if (called === Boolean(sample.label)) return ["right", sample.label ? "found" : "passed"];
  return ["wrong", sample.label ? "missed" : "false alarm"];
}

function thumbnail(cell, sample, threshold) {
  const [kind, word] = verdict(sample, threshold), content = cell.shared.images[sample.place];
  const about = `${readable(sample.type)}, ${sample.name}, score ${digits(sample.score)}: ${word}`;
  const picture = content
    ? element("img", {src: dataUri("jpeg", content), alt: about, loading: "lazy"})
    : element("div", {className: "absent", textContent: "no picture kept", title: about});
  return element("li", {className: kind, title: about}, picture,
    element("span", {textContent: `${readable(sample.type)} ${digits(sample.score)}`}), element("b", {textContent: word}));
}

/* The samples next to the threshold. */
function showSides(cell, threshold) {
  const ranked = [...cell.samples].sort((a, b) => Math.abs(a.score - threshold) - Math.abs(b.score - threshold));
  for (const [id, above] of [["cell-below", false], ["cell-above", true]]) {
    const side = ranked.filter(sample => (sample.score > threshold) === above).slice(0, SIDE).sort((a, b) => a.score - b.score);
    const list = document.getElementById(id);
    list.replaceChildren(...side.map(sample => thumbnail(cell, sample, threshold)));
    if (!side.length) list.append(element("li", {className: "nobody", textContent: "no test image"}));
  }
}

async function pixels(kind, content, size) {
  const image = new Image();
  image.src = dataUri(kind, content);
  await image.decode();
  const width = size || image.naturalWidth, height = size || image.naturalHeight;
  const canvas = element("canvas", {width, height}), context = canvas.getContext("2d", {willReadFrequently: true});
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

const greyOf = (data, at) => 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];

function painted(size, colour) {
  const canvas = element("canvas", {width: size, height: size}), context = canvas.getContext("2d");
  const picture = context.createImageData(size, size);
  for (let at = 0; at < picture.data.length; at += 4) picture.data.set([...colour(at, at / 4), 255], at);
  context.putImageData(picture, 0, 0);
  return canvas;
}

/* The defect as it is, the rest dimmed, a line around it. */
function maskCanvas(size, image, mask) {
  const set = place => mask.data[4 * place] > 127;
  return painted(size, (at, place) => {
    const near = [place - 1, place + 1, place - size, place + size].some(other => set(other) && !set(place));
    if (near) return OUTLINE;
    const grey = greyOf(image.data, at) * (set(place) ? 1 : 0.6);
    return [grey, grey, grey];
  });
}

/* The raw value of a pixel of the map, and its place on the colour scale of the model. */
function mapReader(map, [, , , low, high], [cold, hot]) {
  const value = at => low + map.data[at] / 255 * (high - low);
  const level = at => hot > cold ? Math.round(255 * Math.min(1, Math.max(0, (value(at) - cold) / (hot - cold)))) : 0;
  return {value, colour: at => [...inferno.subarray(3 * level(at), 3 * level(at) + 3)], share: at => level(at) / 255};
}

function panel(canvas, caption, about) {
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", about);
  return element("div", {}, canvas, element("span", {textContent: caption}));
}

/* Pointing at a map tells the raw value of that pixel. */
function readOut(canvas, read, size, told) {
  canvas.addEventListener("pointermove", event => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top].map(at => Math.min(size - 1, Math.max(0, Math.floor(at / box.width * size))));
    told.textContent = `pixel ${x}, ${y}: ${digits(read.value(4 * (y * size + x)))}`;
  });
  canvas.addEventListener("pointerleave", () => { told.textContent = ""; });
}

async function example(cell, entry) {
  const [, place, map] = entry, sample = cell.samples.find(each => each.place === place);
  const about = `${readable(sample.type)}, ${sample.name}`, told = element("span", {className: "pixel"});
  const panels = element("div", {className: "quadruple"});
  const content = cell.shared.images[place], mask = cell.shared.masks[place];
  const image = content && await pixels("jpeg", content), size = image ? image.width : 144;
  if (image) panels.append(panel(painted(size, at => image.data.subarray(at, at + 3)), "image", `Test image of ${about}`));
  if (image && mask) panels.append(panel(maskCanvas(size, image, await pixels("png", mask, size)), "mask", `Defect mask of ${about}`));
  else panels.append(element("div", {}, element("div", {className: "absent", textContent: sample.label ? "no mask" : "normal"}), element("span", {textContent: "mask"})));
  if (map) {
    const read = mapReader(await pixels("jpeg", map, size), entry, cell.colours);
    const heat = painted(size, at => read.colour(at));
    panels.append(panel(heat, "anomaly map", `Anomaly map for ${about}`));
    readOut(heat, read, size, told);
    if (image) {
      const over = painted(size, at => {
        const grey = greyOf(image.data, at), opacity = 0.2 + 0.6 * read.share(at);
        return read.colour(at).map(channel => grey * (1 - opacity) + channel * opacity);
      });
      panels.append(panel(over, "overlay", `Anomaly map over the image of ${about}`));
      readOut(over, read, size, told);
    }
  }
  const caption = element("figcaption", {}, element("b", {textContent: readable(sample.type)}), told,
    element("span", {className: "score", textContent: `score ${digits(sample.score)}`}), element("code", {textContent: sample.name}));
  return element("figure", {className: "example"}, panels, caption);
}

async function showGallery(cell) {
  const target = document.getElementById("cell-gallery"), parts = [];
  for (const [kind, title] of Object.entries(KINDS)) {
    const own = cell.gallery.filter(entry => entry[0] === kind);
    if (!own.length) continue;
    const examples = await Promise.all(own.map(entry => example(cell, entry)));
    parts.push(element("h4", {textContent: title}), element("div", {className: "examples"}, ...examples));
  }
  if (openedCell !== cell) return;
  target.replaceChildren(...(parts.length ? parts : [element("p", {className: "note", textContent: "No picture of this cell is kept in this file; the stored table of examples has them."})]));
  const scale = document.getElementById("cell-scale");
  scale.hidden = !cell.colours;
  if (cell.colours) [scale.firstElementChild.textContent, scale.lastElementChild.textContent] = cell.colours.map(digits);
}
