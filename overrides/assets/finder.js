// The finder in the browser: what is chosen, how many that leaves, and the cards of those. Nothing
// is stored and nothing fetched but our own.

import { along, chosen, remembered } from "./choice.js";
import { all, dropPast, now } from "./times.js";

const danish = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/Copenhagen", hourCycle: "h23",
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit",
});

// The second at which a Danish day begins, `days` after today.
function dayStart(days) {
  const parts = Object.fromEntries(danish.formatToParts(Date.now()).map((p) => [p.type, p.value]));
  const noon = Date.UTC(parts.year, parts.month - 1, Number(parts.day) + days) / 1000;
  for (const offset of [2, 1]) {
    const start = noon - offset * 3600;
    const hour = danish.formatToParts(start * 1000).find((p) => p.type === "hour").value;
    if (Number(hour) === 0) return start;
  }
  return noon - 3600;
}

// Kilometres between two positions in degrees (haversine, earth's mean radius).
function distance([lat1, lon1], [lat2, lon2]) {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((lat2 - lat1) * rad) / 2) ** 2 +
    Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2;
  return 12742 * Math.asin(Math.sqrt(h));
}

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
      this.open(false);
      this.box.querySelector("#resultater").focus();
    });
    this.form.addEventListener("input", (event) => this.chosen(event.target));
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
    const index = await this.load(url);
    const beside = (name) => new URL(name, new URL(url, location.href)).href;
    for (const part of await Promise.all(index.more.map((name) => this.load(beside(name))))) {
      for (const name of index.columns) index[name].push(...part[name]);
    }
    return index;
  }

  async update(focus) {
    const turn = Symbol("turn");
    this.turn = turn;
    try {
      const url = this.box.dataset.finder;
      const index = await this.whole(url);
      const view = new View(index, this.choices());
      const shown = this.pages * index.page;
      const found = view.found.slice(0, shown);
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
      dropPast(this.list);
      this.count(view, shown);
      if (focus) this.list.children[before]?.querySelector("a")?.focus();
    } catch {
      if (turn === this.turn) {
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
    if (view.error) this.status.textContent = `${view.error} Her står ${total}, uanset hvor de er.`;
    this.box.querySelector("[data-empty]").hidden = total > 0;
    this.instead(view);
    this.box.querySelector("[data-share]").hidden = !view.any || !total;
    this.more.hidden = total <= shown;
    this.box.querySelector("[data-show]").textContent =
      total === 0 ? "Se, hvad der ligger tæt på" : `Vis ${total} ${total === 1 ? "aktivitet" : "aktiviteter"}`;
    const error = this.box.querySelector("#f-naer-error");
    error.textContent = view.error;
    error.hidden = !view.error;
    this.form.elements.naer.setAttribute("aria-invalid", String(Boolean(view.error)));
    const note = this.box.querySelector("[data-note]");
    note.textContent = view.note;
    note.hidden = !view.note;
    for (const button of all("[data-set]", this.box)) {
      const [name, value] = button.dataset.set.split("=");
      button.setAttribute("aria-pressed", String(view.choices.get(name) === value));
    }
    for (const option of all("option[data-name]", this.form)) {
      const number = view.countOf(option.closest("select").name, option.value);
      option.textContent = `${option.dataset.name} (${number})`;
    }
    for (const box of all("input[type=checkbox]", this.form)) {
      const label = box.parentElement.querySelector("[data-name]");
      label.textContent = `${label.dataset.name} (${view.countOf(box.name, "ja")})`;
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

// What is found for some choices, and how many each other choice would lead to.
class View {
  constructor(index, choices) {
    this.index = index;
    this.choices = choices;
    this.any = [...choices].some(([name, value]) => name !== "kommune" || value !== "alle");
    this.total = index.spot.length;
    this.today = dayStart(0);
    this.tomorrow = dayStart(1);
    this.week = dayStart(7);
    this.slots = new Map();
    this.note = "";
    this.error = "";
    this.km = this.distances(choices.get("naer"));
    this.facets = ["when", "kommune", "by", "til", "fokus", "km", ...index.flags];
    // For each entry a bit for every kind of choice that it does not meet.
    this.misses = Array.from({ length: this.total }, (_, at) =>
      this.facets.reduce((bits, facet, bit) => bits | (this.meets(at, facet) ? 0 : 1 << bit), 0),
    );
    const next = Array.from({ length: this.total }, (_, at) => this.next(at));
    const untimed = (at) => (next[at] === Infinity ? 1 : 0);
    const far = (at) => this.km[at] ?? Infinity;
    const town = this.town;
    const here = (at) => (index.towns[index.town[at]] === town ? 0 : 1);
    this.found = [...Array(this.total).keys()]
      .filter((at) => !this.misses[at])
      .sort((a, b) => {
        if (untimed(a) !== untimed(b)) return untimed(a) - untimed(b);
        if (this.near && far(a) !== far(b)) return far(a) - far(b);
        if (town && here(a) !== here(b)) return here(a) - here(b);
        return next[a] === next[b] ? a - b : next[a] - next[b];
      });
  }

  // The choices that alone stand in the way of something, and of how much.
  instead() {
    const counts = this.facets.map((facet, bit) => [facet, this.misses.filter((misses) => misses === 1 << bit).length]);
    return counts.filter(([, number]) => number).sort(([, a], [, b]) => b - a);
  }

  // The postcode of what was typed: itself, or the first town of that name, or that begins so.
  postcodeOf(typed) {
    const { postcodes } = this.index;
    if (Object.hasOwn(postcodes, typed)) return typed;
    const asked = typed.toLocaleLowerCase("da");
    const named = Object.keys(postcodes).map((id) => [id, postcodes[id][2].toLocaleLowerCase("da")]);
    return (named.find(([, name]) => name === asked) ?? named.find(([, name]) => name.startsWith(asked)))?.[0];
  }

  distances(typed) {
    if (!typed) return [];
    const postcode = this.postcodeOf(typed);
    if (!postcode) {
      this.error = `Vi ved ikke, hvor ${typed} ligger. Prøv en by eller et postnummer i nærheden.`;
      return [];
    }
    const from = this.index.postcodes[postcode];
    this.town = postcode;
    this.near = true;
    const within = this.choices.get("km") ? "" : ` Vi viser højst ${this.index.near} km væk.`;
    this.note = `Afstanden er cirka og i luftlinje fra midten af ${postcode} ${from[2]}.${within}`;
    return this.index.place.map((place, at) => {
      const to = place || this.index.postcodes[this.index.towns[this.index.town[at]]];
      return to ? distance(from, to) : undefined;
    });
  }

  moments(at) {
    const times = this.index.times[at];
    const found = [];
    for (let i = 0; i < times.length; i += 2) {
      const over = this.index.from + times[i + 1] * 60;
      if (over > now()) found.push(this.index.from + times[i] * 60);
    }
    return found;
  }

  // The next time that fits the chosen day and part of the day.
  next(at) {
    const day = this.choices.get("dag") || "";
    const part = this.choices.get("tid") || "";
    const moments = this.moments(at);
    return moments.find((start) => this.fits(start, day, part)) ?? moments[0] ?? Infinity;
  }

  // The card shows that time first; the others stay hidden.
  showTime(at, card) {
    const start = this.next(at);
    const times = all(".offer-when [data-time]", card);
    const wanted = times.find(
      (item) => Date.parse(item.querySelector("time").dateTime) / 1000 === start,
    );
    if (!wanted) return;
    for (const item of times) item.hidden = item !== wanted;
  }

  meets(at, facet) {
    const chosen = (name) => this.choices.get(name) || "";
    if (facet === "when") return this.when(at, chosen("dag"), chosen("tid"));
    if (facet === "km") {
      return !this.near || chosen("km") === "alle" || this.km[at] <= Number(chosen("km") || this.index.near);
    }
    return !chosen(facet) || this.has(at, facet, chosen(facet));
  }

  has(at, facet, value) {
    const { index } = this;
    if (facet === "kommune") return value === "alle" || index.municipalities[index.municipality[at]] === value;
    if (facet === "by") return index.towns[index.town[at]] === value;
    if (facet === "til") return Boolean(index.group[at] & (1 << index.groups.indexOf(value)));
    if (facet === "fokus") return index.area[at].includes(index.areas.indexOf(value));
    return Boolean(index.flag[at] & (1 << index.flags.indexOf(facet)));
  }

  // Whether a time fits a day (today, the next seven, workdays, a weekday) and a part of the day.
  fits(start, day, part) {
    const { weekday, part: own } = this.slot(start);
    if (part && this.index.parts[own] !== part) return false;
    if (day === "i-dag") return start >= this.today && start < this.tomorrow;
    if (day === "7-dage") return start >= this.today && start < this.week;
    if (day === this.index.workdays) return weekday < 5;
    return !day || this.index.weekdays[weekday] === day;
  }

  slot(start) {
    if (!this.slots.has(start)) {
      const parts = Object.fromEntries(
        danish.formatToParts(start * 1000).map((p) => [p.type, p.value]),
      );
      const hour = Number(parts.hour);
      const weekday = (new Date(Date.UTC(parts.year, parts.month - 1, parts.day)).getUTCDay() + 6) % 7;
      this.slots.set(start, { weekday, part: this.index.partsEnd.filter((end) => hour >= end).length });
    }
    return this.slots.get(start);
  }

  when(at, day, part) {
    const { index } = this;
    if (!day && !part) return true;
    if (day === "i-dag" || day === "7-dage") {
      return this.moments(at).some((start) => this.fits(start, day, part));
    }
    const parts = part ? 1 << index.parts.indexOf(part) : 7;
    let mask = 0;
    for (let d = 0; d < 7; d++) {
      if (!day || index.weekdays[d] === day || (day === index.workdays && d < 5)) mask |= parts << (3 * d);
    }
    return Boolean(index.slots[at] & mask);
  }

  // How many would be found if `value` were chosen, all other choices kept.
  countOf(name, value) {
    const facet = name === "dag" || name === "tid" ? "when" : name;
    const others = ~(1 << this.facets.indexOf(facet));
    const day = name === "dag" ? value : this.choices.get("dag") || "";
    const part = name === "tid" ? value : this.choices.get("tid") || "";
    let count = 0;
    for (let at = 0; at < this.total; at++) {
      if (this.misses[at] & others) continue;
      if (facet === "when" ? this.when(at, day, part) : this.has(at, facet, value)) count++;
    }
    return count;
  }
}

for (const box of all("[data-finder]")) new Finder(box);
