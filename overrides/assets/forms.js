// Forms in the browser: they write a mail, a row of a spreadsheet and a file, and send nothing.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// YAML for one value; JSON's strings are YAML's.
const yaml = (value) => JSON.stringify(value);

// Nested objects and lists as block YAML.
function block(value, indent = "") {
  return Object.entries(value).map(([key, inner]) => {
    if (Array.isArray(inner) && typeof inner[0] === "object") {
      const items = inner.map((item) => `${indent}  - ${block(item, `${indent}    `).trimStart()}`);
      return `${indent}${key}:\n${items.join("")}`;
    }
    if (Array.isArray(inner)) return `${indent}${key}: [${inner.map(yaml).join(", ")}]\n`;
    if (typeof inner === "object") return `${indent}${key}:\n${block(inner, `${indent}  `)}`;
    return `${indent}${key}: ${yaml(inner)}\n`;
  }).join("");
}

function nested(fields) {
  const whole = {};
  for (const { path, value, list } of fields) {
    const steps = path.split(".");
    let here = whole;
    steps.slice(0, -1).forEach((step, at) => {
      here[step] ??= /^\d+$/.test(steps[at + 1]) ? [] : {};
      here = here[step];
    });
    const last = steps.at(-1);
    here[last] = list ? [...(here[last] ?? []), value] : value;
  }
  return whole;
}

// Ask only what the answers so far make sense of.
function showAsked(form) {
  const answer = (path) => form.querySelector(`[data-path="${path}"]`)?.value;
  for (const box of all("[data-asked]", form)) {
    const [path, ...values] = box.dataset.asked.split("|");
    box.hidden = !values.includes(answer(path));
    for (const field of all("input, select, textarea", box)) field.disabled = box.hidden;
  }
}

// --- what is checked while one writes --------------------------------------------------------------

const CLOCK = /^(?:kl\.? ?)?(\d{1,2})(?:[.:](\d\d))?$/;
const minutes = (text) => {
  const [, hour, minute = "0"] = CLOCK.exec(text.trim().toLowerCase()) ?? [];
  return hour < 24 && minute < 60 ? hour * 60 + Number(minute) : null;
};
const isDay = (text) => {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  const [, d, m, y] = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(text) ?? [];
  const [one, two, three] = [year ?? y, month ?? m, day ?? d].map(Number);
  const made = new Date(Date.UTC(one, two - 1, three));
  return made.getUTCMonth() === two - 1 && made.getUTCDate() === three;
};
const CHECKS = {
  "when.0.start": (text) => (minutes(text) === null ? "Skriv timer og minutter, fx 10.00." : ""),
  "when.0.end": (text, answer) => {
    if (minutes(text) === null) return "Skriv timer og minutter, fx 12.00.";
    const start = minutes(answer("when.0.start"));
    return start !== null && minutes(text) <= start ? "Slut ligger ikke efter start." : "";
  },
  "when.0.dates": (text) => (text.split(/[;,]/).every((day) => !day.trim() || isDay(day.trim())) ? "" : "Skriv datoer som 2026-12-01 eller 1.12.2026, med semikolon imellem."),
  place: (text, _, form) => (known(form, "place").has(text.toLowerCase()) || /\b\d{4}\b/.test(text) ? "" : "Skriv også postnummeret, fx Huset, Vejen 1, 4270 Høng."),
  "contact.phone": (text) => (text.replace(/\D/g, "").replace(/^45(?=\d{8}$)/, "").length === 8 ? "" : "Et telefonnummer har otte cifre."),
};

const known = (form, kind) => new Map(all(`#kendt-${kind} option`, form).map((one) => [one.value.toLowerCase(), one.dataset.id]));

// What is wrong with a field, said beside it; whether anything is.
function judge(field, form) {
  const check = CHECKS[field.dataset.path];
  if (!check) return false;
  const answer = (path) => form.querySelector(`[data-path="${path}"]`)?.value ?? "";
  const wrong = !field.disabled && field.value.trim() ? check(field.value.trim(), answer, form) : "";
  const place = document.getElementById(`e-${field.id.replace(/^s-/, "")}`);
  place.textContent = wrong;
  place.hidden = !wrong;
  field.setAttribute("aria-invalid", String(Boolean(wrong)));
  if (wrong) field.setAttribute("aria-describedby", place.id);
  return Boolean(wrong);
}

// --- what is made of the answers -------------------------------------------------------------------

const slug = (text) => text.toLowerCase().replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa").normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 80) || "ny";

// The files that an editor puts into data/: the activity, and those behind it and where it is, if they
// are new.
function made(whole, beside, form) {
  const files = [];
  const organiser = whole.organiser ?? "";
  const who = known(form, "organisation").get(organiser.toLowerCase()) ?? slug(organiser);
  if (organiser && !known(form, "organisation").has(organiser.toLowerCase())) {
    files.push([`organisations/${who}`, { title: organiser, kind: "forening", about: `${organiser} står bag »${whole.title}«.` }]);
  }
  const activity = { ...whole, organiser: who };
  if (whole.place) {
    const there = known(form, "place").get(whole.place.toLowerCase());
    const [, postcode] = /\b(\d{4})\b/.exec(whole.place) ?? [];
    const [name, ...street] = whole.place.split(",").map((part) => part.trim()).filter((part) => !/\b\d{4}\b/.test(part));
    const title = name || whole.place;
    activity.place = there ?? slug(title);
    if (!there && postcode) files.push([`places/${activity.place}`, { title, ...(street.length ? { address: street.join(", ") } : {}), postcode, ...beside }]);
    else if (!there) delete activity.place;
  }
  const lists = (text) => text.split(/[;,]/).map((day) => day.trim()).filter(Boolean);
  if (typeof activity.when?.[0]?.dates === "string") activity.when = [{ ...activity.when[0], dates: lists(activity.when[0].dates) }];
  for (const name of ["languages"]) if (typeof activity[name] === "string") activity[name] = lists(activity[name]);
  activity.checked = { date: form.dataset.today, by: organiser || "Afsenderen" };
  files.push([`activities/${slug(whole.title ?? "")}`, activity]);
  return files.map(([path, value]) => [`data/${path}.yml`, block(value)]);
}

// As the card of the list will be.
function preview(box, whole) {
  const [when = {}] = whole.when ?? [];
  const days = [...(when.weekdays ?? [])].join(" og ") || when.dates || "";
  const hours = when.start ? `kl. ${when.start}${when.end ? `–${when.end}` : ""}` : "";
  const told = (selector, text) => {
    const place = box.querySelector(selector);
    place.textContent = text;
    place.hidden = !text;
  };
  const upfirst = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  told(".offer-when", upfirst([when.repeats === "hver uge" ? `hver ${days}` : days, hours].filter(Boolean).join(" ")) || "Tid ikke oplyst");
  box.querySelector("[data-title]").replaceChildren(Object.assign(document.createElement("h3"), { textContent: whole.title ?? "" }));
  told(".offer-what", (whole.what ?? "").split(/(?<=[.!?])\s/)[0]);
  told(".offer-where", whole.place ?? "Sted ikke oplyst");
  told(".terms-told", [whole.price, whole.sign_up].filter(Boolean).map(upfirst).join(" · "));
  box.hidden = false;
}

// As the page will be: what is told under the questions it answers, and where nothing is told.
function pagePreview(box, form, whole) {
  const make = (name, textContent) => Object.assign(document.createElement(name), { textContent });
  const parts = new Map(); // heading -> question -> answers
  for (const section of all("section", form)) {
    const heading = section.querySelector("h2").textContent.replace(/^\d+\. /, "");
    const told = parts.get(heading) ?? new Map();
    for (const field of all("[name]", section)) {
      const answered = !field.disabled && field.value.trim() && (field.type !== "checkbox" || field.checked);
      if (answered) told.set(field.name, [...(told.get(field.name) ?? []), field.value.trim()]);
    }
    const isHead = section.querySelector('[data-path="title"], [data-path="organiser"]');
    if (!isHead) parts.set(heading, told);
  }
  const shown = [...parts].flatMap(([heading, told]) => {
    if (!told.size) return [make("h4", heading), Object.assign(make("p", "Ikke oplyst."), { className: "gap" })];
    const list = document.createElement("dl");
    for (const [name, values] of told) list.append(make("dt", name), make("dd", values.join(", ")));
    return [make("h4", heading), list];
  });
  box.replaceChildren(make("h3", whole.title ?? ""), make("p", `Aktivitet hos ${whole.organiser}`), ...shown);
}

// The apostrophe keeps a spreadsheet from reading text as a formula; the import takes it away.
const cell = (text) => `"${text.replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`;

function write(form) {
  const box = document.querySelector("[data-written]");
  const filled = [...form.elements].filter(
    (f) => f.name && !f.disabled && f.value.trim() && (f.type !== "checkbox" || f.checked),
  );
  const answers = new Map();
  for (const f of filled) {
    answers.set(f.name, [...(answers.get(f.name) ?? []), f.value.trim()]);
  }
  const text = [...answers].map(([name, values]) => `${name}: ${values.join("; ")}`).join("\n");
  box.querySelector("#mailen").value = text;
  const [to, query] = form.getAttribute("action").split("?");
  box.querySelector("[data-send]").href = `${to}?${query}&body=${encodeURIComponent(text.replaceAll("\n", "\r\n"))}`;
  if (form.dataset.columns) {
    const heads = form.dataset.columns.split(";");
    const row = heads.map((name) => cell((answers.get(name) ?? []).join("; ")));
    const sheet = `\ufeff${heads.map(cell).join(";")}\r\n${row.join(";")}\r\n`;
    const link = box.querySelector("[data-row]");
    link.href = URL.createObjectURL(new Blob([sheet], { type: "text/csv" }));
    link.hidden = false;
    const fields = filled.filter((f) => f.dataset.path).map((f) => ({
      path: f.dataset.path, value: f.value.trim(), list: f.type === "checkbox",
    }));
    const whole = nested(fields);
    preview(box.querySelector("[data-preview]"), whole);
    pagePreview(box.querySelector("[data-page-preview]"), form, whole);
    const ofPlace = filled.filter((f) => !f.dataset.path && f.id && document.getElementById(f.id)).map((f) => [f.id.replace(/^s-/, "").replaceAll("-", "_"), f.value.trim()]);
    const files = made(whole, Object.fromEntries(ofPlace), form);
    box.querySelector("#filen").value = files.at(-1)[1];
    box.querySelector("[data-files]").replaceChildren(...files.map(([path, content]) => {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([content], { type: "text/yaml" })), download: path.split("/").at(-1), textContent: `Gem ${path}` });
      item.append(link);
      return item;
    }));
    box.querySelector("[data-file]").hidden = false;
    const issue = box.querySelector("[data-issue]");
    if (form.dataset.issues) {
      const body = files.map(([path, content]) => `${path}\n\n\`\`\`yaml\n${content}\`\`\`\n`).join("\n");
      const gitlab = form.dataset.issues.includes("gitlab");
      const address = new URL(`${form.dataset.issues.replace(/\/$/, "")}${gitlab ? "/-" : ""}/issues/new`);
      address.searchParams.set(gitlab ? "issue[title]" : "title", `Forslag: ${whole.title}`);
      address.searchParams.set(gitlab ? "issue[description]" : "body", body);
      issue.href = address;
      issue.hidden = false;
    }
  }
  box.hidden = false;
  box.querySelector("h2").focus();
  box.scrollIntoView();
}

for (const form of all("form[data-mail]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = all("[data-path]", form).filter((field) => judge(field, form));
    if (wrong.length) {
      const fold = wrong[0].closest("details");
      if (fold) fold.open = true;
      wrong[0].focus();
    } else write(form);
  });
  // Browsers speak their own language; the site speaks Danish.
  form.addEventListener("invalid", ({ target }) => {
    const wrong = target.validity.typeMismatch ? "Skriv en mailadresse som navn@forening.dk." : "";
    target.setCustomValidity(wrong || "Udfyld det her felt.");
  }, true);
  form.addEventListener("input", ({ target }) => {
    target.setCustomValidity("");
    document.querySelector("[data-written]").hidden = true; // what was written is old now
    showAsked(form);
    if (target.getAttribute("aria-invalid") === "true") judge(target, form);
  });
  form.addEventListener("change", ({ target }) => {
    judge(target, form);
    const end = form.querySelector('[data-path="when.0.end"]');
    if (target.dataset.path === "when.0.start" && end) judge(end, form);
  });
  showAsked(form);
  for (const field of all("[data-fill]", form)) {
    field.value = new URLSearchParams(location.search).get(field.dataset.fill) ?? "";
  }
}
// --- a draft, kept on the device only when its writer asks for it --------------------------------

function drafts(form) {
  const name = `kladde ${location.pathname}`;
  const [notice, take, keep, forget] = ["[data-draft]", "[data-fetch]", "[data-keep]", "[data-forget]"].map((mark) => form.querySelector(mark));
  const say = (text) => {
    form.querySelector("[data-drafted]").textContent = text;
  };
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  };
  const show = () => {
    forget.hidden = !kept();
    notice.hidden = true;
  };
  notice.setAttribute("role", "status");
  keep.addEventListener("click", () => {
    try {
      localStorage.setItem(name, JSON.stringify([...new FormData(form)].filter(([, value]) => value.trim())));
      say("Kladden er gemt på denne enhed. Den ligger her, til du sletter den.");
    } catch {
      say("Din browser vil ikke gemme noget.");
    }
    show();
  });
  forget.addEventListener("click", () => {
    localStorage.removeItem(name);
    say("Kladden er slettet.");
    show();
    keep.focus();
  });
  take.addEventListener("click", () => {
    // What has been typed since stands.
    const now = new FormData(form);
    const answers = new Map();
    for (const [key, value] of kept() ?? []) answers.set(key, [...(answers.get(key) ?? []), value]);
    for (const field of form.elements) {
      const told = answers.get(field.name) ?? [];
      if (field.type === "checkbox") field.checked ||= !now.has(field.name) && told.includes(field.value);
      else {
        const before = told.shift();
        field.value ||= before ?? "";
      }
    }
    showAsked(form);
    const fold = form.querySelector("details");
    fold.open ||= all("input, textarea, select", fold).some((field) => (field.type === "checkbox" ? field.checked : field.value));
    show();
    form.querySelector("input, textarea").focus();
    notice.textContent = "Kladden er hentet. Det, du havde skrevet i forvejen, er ikke rettet.";
    notice.hidden = false;
  });
  keep.hidden = false;
  show();
  notice.hidden = !kept();
}

for (const form of all("form:has([data-keep])")) drafts(form);
for (const button of all("[data-copy]")) {
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    source.select();
    const said = document.querySelector("[data-said]");
    try {
      await navigator.clipboard.writeText(source.value);
      said.textContent = "Teksten er kopieret.";
    } catch {
      said.textContent = "Teksten er markeret. Kopiér den selv.";
    }
  });
}
