// The finder in the browser: what is chosen, how many that leaves, and the cards of those. Nothing
// is stored and nothing fetched but our own; `found.js` reckons.

import { along, chosen, remembered } from "./choice.js";
import { all, dropPast } from "./times.js";

class Finder {
  constructor(box) {
    this.box = box;
    this.form = box.querySelector("form");
    this.list = box.querySelector("[data-results]");
    this.status = box.querySelector("[data-count]");
    this.more = box.querySelector("[data-more]");
    this.pieces = new Map();
    this.pages = 1;
    this.drawer = box.querySelector("[data-drawer]");
    this.drawer.addEventListener("click", () => this.open(!this.form.hasAttribute("data-open")));
    box.querySelector("[data-near]").addEventListener("click", () => {
      this.open(true);
      this.form.elements.naer.focus();
    });
    for (const button of all("[data-set]", box)) {
      button.addEventListener("click", () => this.set(button));
    }
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { naer } = this.form.elements;
      if (naer.getAttribute("aria-invalid") === "true") return naer.focus();
      this.open(false);
      const heading = this.box.querySelector("#resultater");
      heading.focus();
      heading.scrollIntoView();
    });
    this.form.addEventListener("input", (event) => this.chosen(event.target));
    // Whoever comes near the choices will soon want what they are made of.
    this.form.addEventListener("focusin", () => this.whole(this.box.dataset.finder).catch(() => {}), { once: true });
    this.form.addEventListener("reset", (event) => {
      event.preventDefault();
      this.fill(new URLSearchParams());
      this.chosen(this.form);
    });
    this.more.addEventListener("click", () => this.showMore());
    this.box.querySelector("[data-clear]").addEventListener("click", () => this.form.reset());
    this.box.querySelector("[data-share]").addEventListener("click", ({ currentTarget }) => share(currentTarget));
    addEventListener("popstate", () => location.search !== this.seen && this.restore());
    // On a slow line someone may have chosen before this script came.
    const early = this.choices();
    const own = this.form.elements.kommune && chosen();
    if (own && !new URLSearchParams(location.search).has("kommune")) {
      const address = new URL(location.href);
      address.searchParams.set("kommune", own);
      history.replaceState(null, "", address);
      early.delete("kommune");
    }
    if (!location.search && early.size) history.replaceState(null, "", `?${early}`);
    if (location.search) this.restore();
    else {
      this.fill(new URLSearchParams());
      this.more.hidden = Number(this.more.dataset.total) <= this.list.children.length;
    }
  }

  // On a phone the choices lie in a drawer above the results.
  open(wanted) {
    this.form.toggleAttribute("data-open", wanted);
    this.drawer.setAttribute("aria-expanded", String(wanted));
  }

  // A quick choice is one of the form's, pressed or taken back.
  set(button) {
    const [name, value] = button.dataset.set.split("=");
    const field = this.form.elements[name];
    const pressed = button.getAttribute("aria-pressed") === "true";
    if (field.type === "checkbox") field.checked = !pressed;
    else field.value = pressed ? "" : value;
    this.chosen(field);
  }

  choices() {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (value) found.set(name, value.trim());
    if (!found.get("naer")) found.delete("km");
    // «Alle kommuner» is a choice too, for who has asked the browser to remember another.
    if (this.form.elements.kommune?.value === "" && remembered()) found.set("kommune", "alle");
    return found;
  }

  restore() {
    this.fill(new URLSearchParams(location.search));
    this.seen = location.search;
    this.pages = 1;
    return this.update();
  }

  // Set every field as an address says; what the form does not know is left alone.
  fill(wanted) {
    for (const field of this.form.elements) {
      if (!field.name) continue;
      if (field.type === "checkbox") field.checked = wanted.has(field.name);
      else field.value = wanted.get(field.name) || "";
      if (field.value === "" && field.options) field.selectedIndex = 0;
      const fold = field.closest("details");
      if (fold && wanted.has(field.name)) fold.open = true;
    }
    this.seen = location.search;
  }

  chosen(field) {
    // A postcode or a name is judged when enough of it is typed.
    if (field.name === "naer" && !/^(\d{4,}|\D{3,})?$/.test(field.value.trim())) return;
    const query = along(this.choices());
    // The choices stand in the address; one step back leaves the page, however many there were.
    if (query !== location.search) {
      history.replaceState(null, "", query || location.pathname);
    }
    this.seen = location.search;
    this.pages = 1;
    this.update();
  }

  async load(url) {
    if (!this.pieces.has(url)) {
      const asked = fetch(url).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
      this.pieces.set(url, asked);
      asked.catch(() => this.pieces.delete(url));
    }
    return this.pieces.get(url);
  }

  // The index, its later parts (there are none until thousands are listed) put to the first.
  whole(url) {
    this.index ??= this.gather(url).catch((error) => {
      this.index = undefined;
      throw error;
    });
    return this.index;
  }

  async gather(url) {
    const [index, { View, coming }] = await Promise.all([
      this.load(url),
      import(new URL(this.box.dataset.script, location.href)),
    ]);
    this.View = View;
    const beside = (name) => new URL(name, new URL(url, location.href)).href;
    for (const part of await Promise.all(index.more.map((name) => this.load(beside(name))))) {
      for (const name of index.columns) index[name].push(...part[name]);
    }
    coming(index);
    return index;
  }

  async update(focus) {
    const turn = Symbol("turn");
    this.turn = turn;
    try {
      const url = this.box.dataset.finder;
      const index = await this.whole(url);
      const view = new this.View(index, this.choices());
      const shown = this.pages * index.page;
      this.count(view, shown); // at once; cards may have to be fetched
      this.list.setAttribute("aria-busy", "true");
      const found = view.first(shown);
      const cards = await Promise.all(
        found.map(async (at) => {
          const spot = index.spot[at];
          const piece = index.pieces[Math.floor(spot / index.per)];
          const html = (await this.load(new URL(piece, new URL(url, location.href)).href))[spot % index.per];
          const holder = document.createElement("template");
          holder.innerHTML = html;
          const card = holder.content.firstElementChild;
          view.showTime(at, card);
          const km = view.km[at];
          if (km !== undefined) {
            card.querySelector("[data-km]")?.append(` · ca.\u00a0${Math.max(1, Math.round(km))}\u00a0km`);
          }
          return card;
        }),
      );
      if (turn !== this.turn) return;
      const before = this.list.children.length;
      this.list.dataset.sorted = "chosen";
      this.list.replaceChildren(...cards);
      this.list.removeAttribute("aria-busy");
      dropPast(this.list);
      this.tell(view);
      if (focus) this.list.children[before]?.querySelector("a")?.focus();
    } catch {
      if (turn === this.turn) {
        this.list.removeAttribute("aria-busy");
        this.status.textContent =
          "Listen kan ikke hentes lige nu. Prøv igen, eller brug listerne længere nede.";
      }
    }
  }

  count(view, shown) {
    const total = view.found.length;
    const order = view.near ? "Det nærmeste står først." : "Det næste, der sker, står først.";
    this.status.textContent = total
      ? `${total} passer til dine valg. ${order}`
      : "Ingen passer til alle dine valg.";
    if (!view.any) this.status.textContent = `${total} i alt. ${order}`;
    if (view.error) this.status.textContent = `${view.error} ${total ? `Her står ${total}, uanset hvor de er.` : "Der er heller ikke noget andre steder, der passer til dine andre valg."}`;
    this.tags(view);
    this.box.querySelector("[data-empty]").hidden = total > 0;
    this.instead(view);
    this.box.querySelector("[data-share]").hidden = !view.any || !total;
    this.more.hidden = total <= shown;
    this.box.querySelector("[data-show]").textContent =
      total === 0 ? "Se, hvad der ligger tæt på" : `Vis ${total} ${total === 1 ? "aktivitet" : "aktiviteter"}`;
    const error = this.box.querySelector("#f-naer-error");
    error.textContent = view.error;
    error.hidden = !view.error;
    // What is no place may be what one wants to do.
    const search = document.querySelector("a.search-narrow");
    if (view.error && search) {
      const typed = view.choices.get("naer");
      const link = document.createElement("a");
      link.href = `${search.href}?q=${encodeURIComponent(typed)}`;
      link.textContent = `Søg efter »${typed}« på hele siden`;
      error.append(" ", link);
    }
    this.form.elements.naer.setAttribute("aria-invalid", String(Boolean(view.error)));
    const note = this.box.querySelector("[data-note]");
    note.textContent = view.note;
    note.hidden = !view.note;
    for (const button of all("[data-set]", this.box)) {
      const [name, value] = button.dataset.set.split("=");
      button.setAttribute("aria-pressed", String(view.choices.get(name) === value));
    }
  }

  // What is chosen, each with a way to take it back.
  tags(view) {
    const box = this.box.querySelector("[data-chosen-tags]");
    const tags = [...view.choices].filter(([name, value]) => this.form.elements[name] && value !== "alle").map(([name, value]) => {
      const field = this.form.elements[name];
      const label = field.type === "checkbox" ? field.parentElement.querySelector("[data-name]").dataset.name
        : (field.selectedOptions?.[0]?.dataset.name ?? field.selectedOptions?.[0]?.textContent ?? `Nær ${value}`);
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "quick-choice", textContent: label });
      button.setAttribute("aria-label", `Fjern valget: ${label}`);
      button.addEventListener("click", () => {
        if (field.type === "checkbox") field.checked = false;
        else field.value = "";
        this.chosen(field);
        this.box.querySelector("#resultater").focus();
      });
      return button;
    });
    box.replaceChildren(...tags);
    box.hidden = !tags.length;
    this.drawer.toggleAttribute("data-some", tags.length > 0);
    this.drawer.textContent = tags.length ? `Alle valg (${tags.length})` : "Alle valg";
  }

  // How much each other choice would lead to; a moment later, for what one sees comes first.
  async tell(view) {
    const { turn } = this;
    await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
    if (turn !== this.turn) return;
    const options = all("option[data-name]", this.form);
    const boxes = all("input[type=checkbox]", this.form);
    const asked = new Map(boxes.map((box) => [box.name, ["ja"]]));
    for (const { value, parentNode } of options) {
      const { name } = parentNode.closest("select");
      asked.set(name, [...(asked.get(name) ?? []), value]);
    }
    const counts = view.counts([...asked]);
    for (const option of options) {
      option.textContent = `${option.dataset.name} (${counts[option.closest("select").name][option.value] ?? 0})`;
    }
    for (const box of boxes) {
      const label = box.parentElement.querySelector("[data-name]");
      label.textContent = `${label.dataset.name} (${counts[box.name].ja ?? 0})`;
    }
  }

  // Nothing found: what one choice fewer would lead to, the most first.
  instead(view) {
    const list = this.box.querySelector("[data-instead]");
    const ways = view.found.length ? [] : view.instead();
    this.box.querySelector("[data-near-by]").hidden = !ways.length;
    list.replaceChildren(...ways.map(([facet, number]) => {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", className: "plain-button" });
      button.textContent = `${this.without(facet)} (${number})`;
      button.addEventListener("click", () => {
        this.drop(facet);
        this.box.querySelector("#resultater").focus();
      });
      item.append(button);
      return item;
    }));
  }

  without(facet) {
    const said = { when: "På en anden dag eller et andet tidspunkt", km: "Længere væk", by: "I en anden by", kommune: "I andre kommuner", til: "Også for andre", fokus: "Også andre fokusområder" };
    return said[facet] ?? `Uden »${this.form.elements[facet].parentElement.querySelector("[data-name]").dataset.name}«`;
  }

  drop(facet) {
    const { elements } = this.form;
    if (facet === "km") elements.km.value = "alle";
    else for (const name of facet === "when" ? ["dag", "tid"] : [facet]) {
      if (elements[name].type === "checkbox") elements[name].checked = false;
      else elements[name].value = "";
    }
    this.chosen(this.form);
  }

  showMore() {
    this.pages += 1;
    this.update(true);
  }
}

// What stands in the address is what one sees: hand it to another program, or copy it.
async function share(button) {
  try {
    if (navigator.share) await navigator.share({ title: document.title, url: location.href });
    else {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Adressen er kopieret";
    }
  } catch {
    button.textContent = "Kopiér adressen øverst i din browser";
  }
}

for (const box of all("[data-finder]")) new Finder(box);
