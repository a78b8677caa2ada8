// On every page: what starts the search, the reading aloud and the print, each fetched when it is
// first wanted. Every page works without it.

const forms = document.querySelectorAll("form[data-search]");

for (const form of forms) {
  const field = form.querySelector("input");
  let search;
  const start = () => {
    search ??= import(new URL(form.dataset.script, location.href))
      .then(({ Search }) => new Search(form))
      .catch(() => (search = undefined)); // Enter still leads to the page of the search
    return search;
  };
  let started = false;
  field.addEventListener("focus", start);
  field.addEventListener("input", async () => {
    if (started) return;
    const found = await start();
    if (found && !started) found.later();
    started ||= Boolean(found);
  });
  if (new URLSearchParams(location.search).has("q") && form.hasAttribute("data-page")) {
    // What stands below would only come and go.
    document.documentElement.classList.add("searching");
    start().then((found) => found?.restore()).finally(() => document.documentElement.classList.remove("searching"));
  }
}

// The menu of narrow windows lies over the page: whoever goes on has done with it.
for (const menu of document.querySelectorAll(".menu-narrow")) {
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  for (const left of ["focusout", "pointerdown"]) {
    document.addEventListener(left, (event) => {
      const to = left === "focusout" ? event.relatedTarget : event.target;
      if (to && !menu.contains(to)) menu.open = false;
    });
  }
}

for (const box of document.querySelectorAll("[data-read]")) {
  if (!("speechSynthesis" in globalThis)) {
    box.remove();
    continue;
  }
  speechSynthesis.getVoices(); // some browsers look for voices only when asked
  const button = box.querySelector("[data-play]");
  let reader;
  const start = () => {
    reader ??= import(new URL(box.dataset.read, location.href))
      .then(({ Reader }) => new Reader(box))
      .catch(() => (reader = undefined));
    return reader;
  };
  // Fetched before it is pressed, as phones speak only at once after a press.
  for (const near of ["pointerenter", "pointerdown", "focus"]) button.addEventListener(near, start);
  button.addEventListener("click", async () => {
    const found = await start();
    if (found) found.press();
    else box.querySelector("[role=status]").textContent = "Oplæsningen kan ikke hentes lige nu.";
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
}

// A part of a page on paper: all else stays off it.
for (const button of document.querySelectorAll("[data-print-part]")) {
  button.addEventListener("click", () => {
    const part = button.closest("[data-part]");
    part.classList.add("alone");
    document.documentElement.classList.add("part-alone");
    print();
    part.classList.remove("alone");
    document.documentElement.classList.remove("part-alone");
  });
}

// «/» leads to the field, as on many sites; who speaks to the browser may turn it off (WCAG 2.1.4),
// which is kept only for who asks for it, as one's municipality is (`choice.js`), and nothing else.
const OFF = "genvej-fra";
const kept = () => {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
};
for (const box of document.querySelectorAll("[data-shortcut]")) {
  const button = box.querySelector("button");
  button.setAttribute("aria-pressed", String(kept()));
  box.hidden = false;
  button.addEventListener("click", () => {
    try {
      if (kept()) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "");
    } catch {
      box.append("Din browser må ikke gemme det.");
    }
    button.setAttribute("aria-pressed", String(kept()));
  });
}
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || kept()) return;
  const places = [...forms].map((form) => form.querySelector("input"));
  const place = [...places, document.querySelector(".search-narrow")].find((one) => one?.offsetParent);
  if (!place) return;
  event.preventDefault();
  place.focus();
});

// Where there are several municipalities to choose between, and one is chosen.
const { choices, chosen, choice } = document.body.dataset;
const own = () => {
  try {
    return localStorage.getItem("kommune");
  } catch {
    return null;
  }
};
if (choices && (chosen || new URLSearchParams(location.search).has("kommune") || own())) {
  import(new URL(choice, location.href)).then(({ start }) => start()).catch(() => {});
}

// One's own list: fetched when something is put on it, or is on it already.
const { list, picks } = document.body.dataset;
if (list) {
  let started;
  const start = () => {
    started ??= import(new URL(picks, location.href)).then((found) => {
      found.start();
      return found;
    }).catch(() => (started = undefined));
    return started;
  };
  if (new URLSearchParams(location.search).has("liste")) start();
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.(".pick");
    if (button) (await start())?.press(button);
  });
}
