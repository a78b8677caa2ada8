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
    box.querySelector("#filen").value = block(nested(fields));
    box.querySelector("[data-file]").hidden = false;
  }
  box.hidden = false;
  box.querySelector("h2").focus();
}

for (const form of all("form[data-mail]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    write(form);
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
  });
  showAsked(form);
  for (const field of all("[data-fill]", form)) {
    field.value = new URLSearchParams(location.search).get(field.dataset.fill) ?? "";
  }
}
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
