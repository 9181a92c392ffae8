"use strict";
/* The answer under the reader's own limits. The rule and its words are those of
   iadbe.reporting.recommendation: breaches.py, decide.py and words.py; tests hold them together. */
const Answer = (() => {
  const NAMED = 3, FAINT = 0.6;
  const known = value => value !== null && value !== undefined;

  /* breaches.py */
  function breaches(each, limits) {
    const found = [], alarms = limits.false_alarms_per_1000;
    if (known(alarms)) {
      if (!known(each.false_alarms)) found.push("false alarms not known");
      else if (each.false_alarms > alarms) found.push(`false alarms ${each.shown.false_alarms} per 1,000, over ${alarms}`);
    }
    const over = (value, limit, name, shown) => {
      if (!known(limit)) return;
      if (!known(value)) found.push(`${name} not known`);
      else if (value > limit) found.push(`${shown}, over ${limit}`);
    };
    over(each.latency, limits.latency_ms, "latency", `${each.shown.latency} ms`);
    over(each.memory, limits.memory_mb, "memory", `${each.shown.memory} MB`);
    const refused = limits.refused_licences.map(name => name.toLowerCase());
    for (const name of each.licences) {
      if (refused.some(start => name.toLowerCase().startsWith(start))) found.push(`licence ${name}`);
    }
    return found;
  }

  const anySet = limits => limits.refused_licences.length > 0
    || ["false_alarms_per_1000", "latency_ms", "memory_mb"].some(name => known(limits[name]));

  /* decide.py */
  const time = each => known(each.latency) ? each.latency : Infinity;
  function order(a, b) {
    if ((a.quality || 0) !== (b.quality || 0)) return (b.quality || 0) - (a.quality || 0);
    if (time(a) !== time(b)) return time(a) - time(b);
    return a.model < b.model ? -1 : 1;
  }

  function front(found) {
    const names = [];
    let fastest = Infinity;
    for (const each of [...found].sort(order)) {
      if (known(each.latency) && each.latency < fastest) {
        names.push(each.model);
        fastest = each.latency;
      }
    }
    return names;
  }

  function decide(data, limits) {
    const broken = Object.fromEntries(data.candidates.map(each => [each.model, breaches(each, limits)]));
    const keeps = each => !broken[each.model].length;
    const ranked = data.candidates.filter(each => each.unranked === null).sort(order);
    const free = ranked.filter(each => each.supervision !== "supervised");
    const contenders = free.length ? free : ranked;
    const within = contenders.filter(keeps), chosen = within[0] || null, others = within.slice(1);
    const verdict = each => data.pairs[chosen.model]?.[each.model] || "unknown";
    const place = chosen ? contenders.indexOf(chosen) : contenders.length;
    const aware = ranked.filter(each => !contenders.includes(each) && keeps(each))[0];
    return {
      contenders, within, chosen, broken,
      front: front(within),
      close: others.filter(each => verdict(each) === "close"),
      unknown: others.filter(each => verdict(each) === "unknown"),
      outside: contenders.slice(0, place).filter(each => !keeps(each)),
      supervised: aware && (!chosen || (aware.quality || 0) > (chosen.quality || 0)) ? aware : null,
    };
  }

  /* words.py */
  function headline(choice, kind, limits) {
    const best = choice.chosen, number = choice.contenders.length;
    if (!best) {
      const who = number === 1 ? "The only" : `None of the ${number}`;
      return `${who} ${kind} ${number === 1 ? "model does not keep" : "models keeps"} the limits.`;
    }
    const several = choice.within.length > 1, scope = anySet(limits) ? " within the limits" : "";
    const rivals = several ? `the best of ${choice.within.length}` : "the only";
    const took = known(best.latency) ? ` and ${best.shown.latency} ms an image` : "";
    const over = `${best.categories} ${best.categories === 1 ? "category" : "categories"}`;
    return `Take ${best.model}: ${rivals} ${kind} ${several ? "models" : "model"}${scope}, `
      + `with a mean image AUROC of ${best.shown.quality} over ${over}${took}.`;
  }

  function names(found) {
    const rest = found.length - NAMED;
    return found.slice(0, NAMED).map(each => each.model).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
  }

  function cheaper(choice) {
    const level = [choice.chosen, ...choice.close], told = [];
    const least = key => level.filter(each => known(each[key]))
      .reduce((best, each) => !best || each[key] < best[key] ? each : best, null);
    const fast = least("latency"), small = least("size");
    if (fast) told.push(`the fastest is ${fast.model} (${fast.shown.latency} ms an image)`);
    if (small) told.push(`the smallest ${small.model} (${small.shown.size} MB saved)`);
    return told.length ? ` Of these, ${told.join(", ")}.` : "";
  }

  function sure(choice, how) {
    if (choice.within.length === 1) return ["There is no other model to compare it with."];
    const told = [];
    if (choice.close.length) told.push(`Not told apart from it: ${names(choice.close)} (${how}).${cheaper(choice)}`);
    if (choice.unknown.length) told.push(`Nothing tells whether it is really better than ${names(choice.unknown)}.`);
    if (!told.length) told.push(`It is better than every other one beyond chance (${how}).`);
    return told;
  }

  function operation(best) {
    if (!known(best.false_alarms)) return "How many defects it misses at its threshold is not known.";
    return `At its threshold it misses ${best.shown.misses} of 1,000 defects and calls `
      + `${best.shown.false_alarms} of 1,000 normal parts anomalous (95 % intervals).`;
  }

  function reasons(choice, how, limits) {
    const told = [], best = choice.chosen, aware = choice.supervised;
    if (best) told.push(operation(best), ...sure(choice, how));
    if (choice.outside.length) {
      const named = choice.outside.slice(0, NAMED)
        .map(each => `${each.model}, ${each.shown.quality} (${choice.broken[each.model].join(", ")})`);
      const rest = choice.outside.length - named.length;
      told.push(`${best ? "Better, but outside the limits" : "Outside the limits"}: ${named.join("; ")}${rest ? `; and ${rest} more` : ""}.`);
    }
    if (aware) told.push(`${aware.model}, which saw labelled defects, ${best ? "reaches" : "keeps the limits with"} ${aware.shown.quality}.`);
    const limit = limits.false_alarms_per_1000;
    if (best && known(limit) && (best.false_alarms_high || 0) > limit) {
      told.push(`That it keeps ${limit} false alarms per 1,000 is not sure: the interval ends above it, more normal test images would tell.`);
    }
    return told;
  }

  function standing(each, choice) {
    if (each.unranked !== null) return each.unranked;
    if (choice.broken[each.model].length) return choice.broken[each.model].join("; ");
    if (!choice.contenders.includes(each)) return "saw labelled defects, judged apart";
    if (each === choice.chosen) return "recommended";
    if (choice.close.includes(each)) return "not told apart";
    return choice.unknown.includes(each) ? "not comparable" : "behind";
  }

  function told(data, limits) {
    const choice = decide(data, limits);
    const verdict = each => standing(each, choice) + (choice.front.includes(each.model) ? ", on the front" : "");
    return {
      chosen: choice.chosen ? choice.chosen.model : null,
      headline: headline(choice, data.kind, limits),
      reasons: reasons(choice, data.how, limits),
      verdicts: Object.fromEntries(data.candidates.map(each => [each.model, verdict(each)])),
      out: data.candidates.map(each => each.model).filter(model => choice.broken[model].length),
      front: choice.front,
    };
  }

  /* The page. */
  function typed(form) {
    const read = name => form.elements[name].value === "" ? null : Number(form.elements[name].value);
    const refused = [...form.querySelectorAll("[name=licence]:checked")].map(box => box.value);
    return {
      false_alarms_per_1000: read("false_alarms_per_1000"), latency_ms: read("latency_ms"),
      memory_mb: read("memory_mb"), refused_licences: refused,
    };
  }

  function show(box, data, said) {
    const part = name => box.querySelector(`[data-part="${name}"]`);
    part("headline").textContent = said.headline;
    part("reasons").replaceChildren(...said.reasons.map(reason => {
      const line = document.createElement("li");
      line.textContent = reason;
      return line;
    }));
    box.querySelectorAll("tr[data-model]").forEach(row => {
      const {model} = row.dataset;
      row.classList.toggle("out", said.out.includes(model));
      row.classList.toggle("chosen", said.chosen === model);
      row.querySelector(".verdict").textContent = said.verdicts[model];
    });
    const source = box.querySelector("script.figure");
    if (source) redraw(source, data, said);
  }

  function redraw(source, data, said) {
    const figure = JSON.parse(source.textContent);
    const of = model => data.candidates.find(each => each.model === model);
    for (const trace of figure.data) {
      if (trace.mode === "lines") {
        trace.x = said.front.map(model => Math.max(of(model).latency, 1e-3));
        trace.y = said.front.map(model => of(model).quality);
        continue;
      }
      const hollow = of(trace.name).unranked !== null || said.out.includes(trace.name);
      const chosen = said.chosen === trace.name;
      trace.opacity = said.front.includes(trace.name) ? 1 : FAINT;
      trace.marker.symbol = trace.meta.symbol + (hollow ? "-open" : "");
      trace.marker.size = chosen ? 18 : 12;
      trace.marker.line.width = chosen ? 4 : hollow ? 2 : 0;
    }
    source.textContent = JSON.stringify(figure).replaceAll("<", "\\u003c");
    draw(source);
  }

  function start(box) {
    const form = box.querySelector("form.limits"), block = box.querySelector('[data-part="data"]');
    if (!form || !block) return;
    const data = JSON.parse(block.textContent);
    form.hidden = false;
    const again = () => { if (form.checkValidity()) show(box, data, told(data, typed(form))); };
    form.addEventListener("input", again);
    form.addEventListener("reset", () => setTimeout(again));
    form.addEventListener("submit", event => event.preventDefault());
  }

  document.querySelectorAll("[data-decide]").forEach(start);
  return {told};
})();
