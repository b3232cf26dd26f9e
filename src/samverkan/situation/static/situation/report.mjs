// The report's page: everything typed is kept on the device until the server has it.
import { hardPart, show, watch } from "./report-guard.mjs";
import { drawList } from "./report-list.mjs";

const form = document.getElementById("report-form");
const queue = self.reportQueue;
const box = document.getElementById("report-queue");
const said = document.getElementById("report-status");
const guardBox = form.querySelector("[data-guard-said]");
const isShell = "shell" in form.dataset;
let known = null;
let editing = null;

const NAMES = [
  "municipality", "category", "place", "place_until", "reach", "when", "exact", "first", "last",
  "text", "certainty", "severity", "effect_on_safety", "setting", "police_report",
];

const say = (text) => {
  said.textContent = text;
};
const counted = (one, many, number) => (number === 1 ? one : many.replace("NUMBER", number));
const chosenCode = () => form.elements.municipality.value;
const municipality = () => known?.municipalities?.find((each) => each.code === chosenCode());

/* What can be chosen, from the server or from what the device has kept */

const fillPlaces = () => {
  const holder = form.querySelector("[data-places]");
  const template = form.querySelector("[data-place-template]");
  const until = form.querySelector("[data-until]");
  const before = fields().place;
  holder.querySelectorAll(".pick:not([data-elsewhere])").forEach((each) => each.remove());
  until.replaceChildren(until.options[0]);
  const areaNote = holder.dataset.areaNote || "";
  (municipality()?.places || []).forEach((place) => {
    const line = template.content.cloneNode(true);
    const pick = line.querySelector(".pick");
    pick.dataset.name = `${place.name} ${place.area}`.toLowerCase();
    line.querySelector("input").value = place.ref;
    line.querySelector("input").checked = place.ref === before;
    line.querySelector("[data-place-name]").textContent = place.name;
    line.querySelector("small").textContent = place.area || areaNote;
    holder.insertBefore(line, holder.querySelector("[data-elsewhere]"));
    until.append(new Option(place.name, place.ref));
  });
};

const fillCategories = () => {
  const holder = form.querySelector("[data-categories]");
  holder.querySelectorAll(".pick--local").forEach((each) => each.remove());
  (municipality()?.categories || []).filter((each) => each.is_local).forEach((each) => {
    const common = [...holder.querySelectorAll("input")].find((input) => input.value === each.code);
    if (!common) return;
    const pick = common.closest(".pick").cloneNode(true);
    pick.classList.add("pick--local");
    pick.querySelector("input").value = each.value;
    pick.querySelector("input").checked = false;
    pick.querySelector("span").textContent = each.name;
    common.closest(".pick").after(pick);
  });
};

const fillMunicipalities = () => {
  const select = form.elements.municipality;
  const all = known?.municipalities || [];
  select.replaceChildren(...all.map((each) => new Option(each.name, each.code)));
  form.querySelector("[data-municipality]").hidden = all.length < 2;
};

const fill = () => {
  if (isShell) {
    fillMunicipalities();
    fillPlaces();
    fillCategories();
  }
  form.querySelector("[data-place-search]").hidden = !municipality()?.places.length;
  form.querySelector("[data-map-choice]").hidden =
    !navigator.onLine || !municipality()?.places.some((each) => each.latitude !== null);
};

/* The fields as one object, and back */

const fields = () => {
  const data = new FormData(form);
  const found = Object.fromEntries(NAMES.map((name) => [name, String(data.get(name) || "")]));
  return { ...found, confirmed: data.getAll("confirmed").map(String) };
};

const put = (values) => {
  NAMES.forEach((name) => {
    const control = form.elements[name];
    if (!control) return;
    if (control instanceof RadioNodeList || control.type === "radio") {
      const all = control instanceof RadioNodeList ? [...control] : [control];
      const radio = all.find((each) => each.value === (values[name] || ""));
      if (radio) radio.checked = true;
    } else {
      control.value = values[name] || "";
    }
  });
};

const clear = (keepsPlace) => {
  const kept = fields();
  const empty = { when: "now", reach: "spot", setting: "unknown", municipality: kept.municipality };
  put(keepsPlace ? { ...empty, place: kept.place, when: kept.when, exact: kept.exact } : empty);
  form.querySelectorAll("input[name=category]:checked").forEach((each) => {
    each.checked = false;
  });
  guardBox.replaceChildren();
  clearErrors();
  editing = null;
};

/* Errors at their fields */

const clearErrors = () => {
  form.querySelectorAll(".field__error[data-mine]").forEach((each) => each.remove());
  form.querySelectorAll(".field--error").forEach((each) => each.classList.remove("field--error"));
};

const showErrors = (errors, found) => {
  clearErrors();
  const names = Object.keys(errors || {});
  names.forEach((name) => {
    const control = form.elements[name];
    const element = control instanceof RadioNodeList ? control[0] : control;
    const field = (element || form.elements.text).closest(".field");
    const line = document.createElement("div");
    line.className = "field__error";
    line.dataset.mine = "";
    line.id = `report-${name}-said`;
    line.textContent = name === "text" && found?.length ? "" : errors[name].join(" ");
    field.classList.add("field--error");
    field.querySelector(".field__label").after(line);
    field.closest("details")?.setAttribute("open", "");
  });
  if (found?.length) show(guardBox, found);
  const first = form.querySelector(".field--error");
  first?.scrollIntoView({ block: "center" });
  first?.querySelector("textarea, input, select")?.focus({ preventScroll: true });
};

/* The queue, shown */

const mend = (report) => {
  editing = report.key;
  put(report.fields);
  showErrors(report.errors, report.found);
  form.elements.text.focus();
};

const waitingNow = () => queue.of(known?.owners || []);

const draw = async () => drawList(box, said, await waitingNow(), mend);

/* Sending */

const learn = async (session) => {
  if (!session?.municipalities) return;
  known = session;
  await queue.remember({ ...session, csrf: "" });
  fill();
};

const tellSignedOut = () => {
  say(said.dataset.signedOut);
  const link = document.createElement("a");
  link.href = form.dataset.signIn;
  link.textContent = form.dataset.signInWords;
  said.append(" ", link);
};

const flush = async () => {
  const result = await queue.flush();
  await learn(result.session);
  await draw();
  if (result.signedOut && (await waitingNow()).length) tellSignedOut();
  return result;
};

const wait = async () => {
  const registration = await navigator.serviceWorker?.ready;
  // Where the browser has it, the report goes even when the page has been closed.
  await registration?.sync?.register("reports").catch(() => undefined);
};

const title = (values) => {
  const category = form.querySelector(`input[name=category]:checked`);
  const place = form.querySelector(`input[name=place]:checked`);
  const words = [category, place].map((each) => each?.parentElement.querySelector("span"));
  const [what, where] = words.map((each) => each?.firstChild?.textContent.trim() || "");
  return [what, values.place ? where : ""].filter(Boolean).join(", ").replaceAll("\u00ad", "");
};

const missing = (values) => {
  const errors = {};
  if (!values.category) errors.category = [form.dataset.needsCategory];
  if (values.when === "exact" && !values.exact) errors.exact = [form.dataset.needsTime];
  if (values.when === "between" && !values.first) errors.first = [form.dataset.needsTime];
  if (values.when === "between" && !values.last) errors.last = [form.dataset.needsTime];
  const part = hardPart(values.text);
  if (part) errors.text = [`“${part}”: ${guardBox.dataset.hard}`];
  return errors;
};

const send = async (again) => {
  const values = fields();
  const errors = missing(values);
  if (Object.keys(errors).length) {
    showErrors(errors, null);
    return;
  }
  const before = editing && (await queue.get(editing));
  const report = {
    key: editing || crypto.randomUUID(),
    owner: known.owner,
    function: known.function,
    written_at: before?.written_at || new Date().toISOString(),
    title: title(values),
    fields: values,
    status: "waiting",
  };
  await queue.put(report);
  const result = await flush();
  const last = result.last?.key === report.key ? result.last : null;
  if (last?.outcome === "refused") {
    editing = report.key;
    showErrors(last.told.errors, last.told.found);
    return;
  }
  clear(again);
  if (last?.outcome === "received") {
    say([said.dataset.sent, result.clock].filter(Boolean).join(" "));
  } else if (result.signedOut) {
    tellSignedOut();
  } else {
    say(said.dataset.kept);
    wait();
  }
  said.scrollIntoView({ block: "center" });
};

form.addEventListener("submit", async (event) => {
  if (!known) return;
  event.preventDefault();
  const buttons = form.querySelectorAll("button[type=submit]");
  buttons.forEach((each) => { each.disabled = true; });
  try {
    await send(event.submitter?.name === "again");
  } finally {
    buttons.forEach((each) => { each.disabled = false; });
  }
});

/* Choosing the place */

form.querySelector("#place-search").addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  let shown = 0;
  form.querySelectorAll("[data-places] .pick[data-name]").forEach((pick) => {
    pick.hidden = !pick.dataset.name.includes(wanted);
    shown += pick.hidden ? 0 : 1;
  });
  form.querySelector("[data-place-none]").hidden = shown > 0;
});

form.querySelector("[data-map-choice]").addEventListener("toggle", async (event) => {
  const holder = form.querySelector("[data-report-map]");
  if (!event.target.open || holder.dataset.state || !municipality()) return;
  holder.dataset.state = "drawing";
  [holder.dataset.style, holder.dataset.mapStyle].forEach((href) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    document.head.append(link);
  });
  const { draw: drawMap } = await import("./report-map.mjs");
  const told = form.querySelector("[data-map-said]");
  drawMap(holder, municipality().places, (place) => {
    put({ ...fields(), place: place?.ref || "" });
    told.textContent = place
      ? told.dataset.chosen.replace("PLACE", place.name)
      : told.dataset.outside;
  });
});

form.elements.municipality.addEventListener("change", () => {
  if (!isShell) {
    location.search = `?municipality=${chosenCode()}`;
    return;
  }
  fillPlaces();
  fillCategories();
});

/* Start */

const start = async () => {
  const session = await queue.session();
  if (session?.municipalities) {
    await learn(session);
  } else if (session === null) {
    known = (await queue.remembered()) || null;
    fill();
  }
  if (!known && isShell) say(said.dataset.nobody);
  if (session && !session.signed_in) tellSignedOut();
  await draw();
  form.dataset.state = "ready";
  if (session?.municipalities) {
    const result = await flush();
    if (result.received) {
      say(counted(said.dataset.sent, said.dataset.many, result.received));
    }
  }
};

const token = async () => {
  const standing = form.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  return standing || (await queue.session())?.csrf || "";
};

watch(form.elements.text, guardBox, form, token);
window.addEventListener("online", async () => {
  const result = await flush();
  if (result.received) say(counted(said.dataset.sent, said.dataset.many, result.received));
});
box.querySelector("[data-queue-send]").addEventListener("click", flush);
start();
