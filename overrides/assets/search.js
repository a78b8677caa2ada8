// The search in the browser: what is typed is shown as results, in the panel of the header and on the
// page of the search. Loaded when a field is first used.

import { acute, alternatives } from "./acute.js";
import { along, chosen } from "./choice.js";
import { Index } from "./index.js";
import { Query } from "./query.js";

export { Index, Query };

const SHOWN = { panel: { best: 3, group: 1, groups: 3 }, page: { best: 3, group: 5, groups: 9 } };
const WEAK = 0.08; // a page that scores less than this share of the best is no result
const MORE = 20; // results more at a time
const WORD = /§+\s?\d+|[\p{L}\p{N}]+/gu;
const SPOKEN = 500; // milliseconds of rest before the number of results is said


const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// A text with the words that were found in <mark>.
function marked(text, query) {
  const { language } = query;
  const there = new Set(Array.from(text.matchAll(WORD), ([word]) => language.word(word).base));
  const whole = query.phrases.filter((phrase) => phrase.every((stem) => there.has(stem)));
  const bases = [...query.bases, ...whole.flat()];
  const pieces = [];
  let done = 0;
  for (const found of text.matchAll(WORD)) {
    const { folded, base, stop } = language.word(found[0]);
    const hit = !stop && bases.some((stem) => stem === base || (stem.length > 4 && folded.includes(stem)));
    if (!hit) continue;
    pieces.push(text.slice(done, found.index), element("mark", { textContent: found[0] }));
    done = found.index + found[0].length;
  }
  return [...pieces, text.slice(done)];
}

// The sentence that has most of the words, cut to what can be read at a glance.
function context(text, query) {
  let best = "", most = 0;
  for (const sentence of text.split(/\n|(?<=[.!?])\s+(?=\p{Lu})/u)) {
    const hits = new Set(marked(sentence, query).filter((part) => part.nodeName).map((part) =>
      query.language.word(part.textContent).base)).size;
    const value = hits + (sentence.length > 30 ? 0.5 : 0);
    if (hits && value > most) [best, most] = [sentence, value];
  }
  return best.length > 180 ? cut(best, query) : best;
}

function cut(sentence, query) {
  const parts = marked(sentence, query);
  const start = parts.length > 1 ? Math.max(0, (parts[0].length ?? 0) - 80) : 0;
  const from = start ? sentence.indexOf(" ", start) + 1 : 0;
  const end = sentence.length > from + 170 ? sentence.lastIndexOf(" ", from + 170) : sentence.length;
  return `${from ? "… " : ""}${sentence.slice(from, end)}${end < sentence.length ? " …" : ""}`;
}

export class Search {
  constructor(form) {
    this.form = form;
    this.field = form.querySelector("input");
    this.out = document.getElementById(form.dataset.search);
    this.status = document.getElementById(`${form.dataset.search}-said`);
    this.page = this.out.hasAttribute("data-page");
    this.wider = new Map();
    this.limits = SHOWN[this.page ? "page" : "panel"];
    this.root = new URL(form.dataset.root, location.href);
    this.field.addEventListener("input", () => this.later());
    this.form.addEventListener("keydown", (event) => this.key(event));
    this.out.addEventListener("keydown", (event) => this.key(event));
    if (this.page) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.run(true);
      });
      addEventListener("popstate", () => location.search !== this.seen && this.restore());
    } else {
      document.addEventListener("click", (event) => this.inside(event.target) || this.close());
      document.addEventListener("focusin", (event) => this.inside(event.target) || this.close());
    }
  }

  inside(node) {
    return this.form.contains(node) || this.out.contains(node);
  }

  open() {
    this.index ??= Index.open(new URL(this.form.dataset.index, location.href)).catch((error) => {
      this.index = undefined;
      throw error;
    });
    return this.index;
  }

  restore() {
    this.field.value = new URLSearchParams(location.search).get("q") ?? "";
    this.seen = location.search;
    this.typing = false;
    return this.run(true, false);
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.run());
  }

  async run(whole = false, kept = true) {
    clearTimeout(this.waiting);
    const text = this.field.value;
    const turn = Symbol("turn");
    this.turn = turn;
    if (this.page && kept) this.keep(text, whole);
    if (text !== this.text) this.wider = new Map();
    this.text = text;
    if (text.trim().length < (whole ? 2 : 3)) return this.close();
    try {
      const index = await this.open();
      if (turn !== this.turn) return;
      const need = this.need(index, text);
      if (need && this.beyond !== text) return this.help(index, need);
      const query = new Query(text, index.language, !whole);
      const found = await index.search(query, (soon) => {
        const likely = this.cut(index, soon).parts.flatMap((part) => part.results);
        for (const one of likely) index.shown(one).catch(() => {});
      });
      const { total, elsewhere, parts } = this.cut(index, found);
      const wanted = [...new Set(parts.flatMap((part) => part.results))];
      const shown = new Map(await Promise.all(wanted.map(async (one) => [one, await index.shown(one)])));
      if (turn !== this.turn) return;
      this.show(query, total, elsewhere, parts, shown, need && [this.box(index, need)]);
    } catch {
      if (turn !== this.turn) return;
      this.index = undefined; // a new edition may have come since
      this.fill([element("p", { className: "hits-note" },
        "Søgningen kan ikke hentes lige nu. Prøv igen, eller brug menuen.")]);
      this.say("Søgningen kan ikke hentes lige nu.");
    }
  }

  // In earnest need there is nothing to rank: who can help stands alone, until somebody asks for more.
  need({ language, head }, text) {
    this.needs ??= (head.needs ?? []).map((need) => ({
      ...need, typed: need.typed.map((phrase) => alternatives(phrase, (word) => language.fold(word.toLowerCase()))),
    }));
    return acute(language.words(text).map((word) => language.fold(word)), this.needs);
  }

  help(index, need) {
    const box = this.box(index, need);
    if (this.page) {
      const more = element("button", { type: "button", className: "plain-button" }, `Vis også andet om »${this.text.trim()}«`);
      more.addEventListener("click", async () => {
        this.beyond = this.text;
        await this.run(true);
        this.out.querySelector(".hits-group a, [data-nothing]:not([hidden]) a")?.focus();
      });
      box.append(element("p", {}, more));
    }
    this.out.querySelector("[data-nothing]").hidden = true;
    this.fill([box]);
    this.say(`${need.title}. Her kan du få hjælp nu.`);
  }

  box({ head }, need) {
    const page = new URL(head.help, this.root);
    const told = need.help.map(([who, phone, dial, about, where]) => element("li", {},
      element("strong", {}, where ? `${who}, ${where}` : who),
      ...(phone ? [element("a", { className: "call", href: `tel:${dial}` }, `Ring ${phone}`)] : []),
      element("p", {}, about)));
    return element("div", { className: "hits-help" },
      element(this.page ? "h2" : "p", { className: "hits-title" }, need.title),
      ...need.said.map((said) => element("p", {}, said)),
      element("ul", {}, ...told),
      element("p", { className: "hits-all" }, element("a", { href: page }, "Se al hjælp på én side")));
  }

  keep(text, asked) {
    const query = text.trim();
    const shown = new URLSearchParams(location.search).get("q") ?? "";
    if (query !== shown) {
      const address = query ? this.asking(query) : along(new URLSearchParams()) || location.pathname;
      // What is being typed is one step back, however many letters it has.
      if (this.typing) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    }
    this.seen = location.search;
    this.typing = !asked;
  }

  // A question as an address has it, with the municipality that goes along.
  asking(text, kommune = new URLSearchParams(location.search).get("kommune") ?? document.body.dataset.chosen) {
    return along(new URLSearchParams({ q: text, ...(kommune ? { kommune } : {}) }));
  }

  // The best of all, then group by group, the group of the best page first.
  cut(index, found) {
    const enough = found.filter((one) => one.score >= found[0].score * WEAK);
    const here = chosen();
    const results = here ? enough.filter((one) => [null, here].includes(index.whose(one.number))) : enough;
    // What a word means, once; then what one can do or read.
    let told = 0;
    const best = results.filter((one) => index.groupOf(one.number) !== index.head.explains || !told++)
      .slice(0, this.limits.best);
    const parts = [{ title: "Passer bedst", results: best, more: 0 }];
    const groups = new Map();
    for (const one of results.filter((one) => !best.includes(one))) {
      const name = index.groupOf(one.number);
      groups.set(name, [...(groups.get(name) ?? []), one]);
    }
    // What is over stands after what is to come.
    const over = (one) => (index.over(one.number) ? 1 : 0);
    for (const all of groups.values()) all.sort((a, b) => over(a) - over(b));
    for (const [title, all] of [...groups].slice(0, this.limits.groups)) {
      const room = this.limits.group + (this.wider.get(title) ?? 0);
      parts.push({ title, results: all.slice(0, room), more: Math.max(0, all.length - room) });
    }
    return { total: results.length, elsewhere: enough.length - results.length, parts: parts.filter((part) => part.results.length) };
  }

  // first: what stands above the results, if anything.
  show(query, total, elsewhere, parts, shown, first) {
    const nothing = this.out.querySelector("[data-nothing]");
    const children = first ?? [];
    const corrected = first ? [] : query.corrections;
    if (corrected.length) {
      const better = corrected.reduce((text, [wrong, right]) => text.replace(new RegExp(wrong, "iu"), right), query.text);
      const link = element("a", { href: `${this.form.action}${this.asking(better)}` }, better);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.field.value = better;
        this.field.focus();
        this.run(true);
      });
      children.push(element("p", { className: "hits-note" }, "Mente du ", link, "?"));
    }
    parts.forEach(({ title, results, more }, at) => {
      const id = `${this.out.id}-${at}`;
      const heading = element(this.page ? "h2" : "p", { className: "hits-title", id }, title);
      const list = element("ul", {}, ...results.map((one) => this.result(shown.get(one), query)));
      list.setAttribute("aria-labelledby", id);
      children.push(element("div", { className: "hits-group" }, heading, list));
      if (more && this.page) {
        const step = Math.min(more, MORE);
        const button = element("button", { type: "button", className: "plain-button" }, `Vis ${step} mere under »${title}«`);
        button.addEventListener("click", async () => {
          const before = results.length;
          this.wider.set(title, (this.wider.get(title) ?? 0) + step);
          await this.run(true);
          const group = [...this.out.querySelectorAll(".hits-group")].find((g) => g.firstChild.textContent === title);
          group?.querySelectorAll("li a")[before]?.focus();
        });
        children.at(-1).append(button);
      }
    });
    if (!this.page && total) {
      const all = element("a", { href: `${this.form.action}${this.asking(query.text)}` },
        total === 1 ? "Se resultatet på en side for sig" : `Se alle ${total} resultater for »${query.text}«`);
      children.push(element("p", { className: "hits-all" }, all));
    }
    if (elsewhere) {
      const all = element("a", { href: `${this.form.action}${this.asking(query.text, "alle")}` },
        elsewhere === 1 ? "Vis også 1 resultat fra andre kommuner" : `Vis også ${elsewhere} resultater fra andre kommuner`);
      children.push(element("p", { className: "hits-all" }, all));
    }
    nothing.hidden = total > 0;
    this.fill(children);
    const missing = query.unknown.length ? ` Vi kender ikke »${query.unknown.join("«, »")}«.` : "";
    const meant = query.meant.length ? ` Ingen side bruger »${query.meant.join("«, »")}«; det her ligger tættest på.` : "";
    const count = total === 1 ? "1 resultat" : `${total} resultater`;
    this.say(total ? `${count} for »${query.text}«.${missing}${meant}` : `Vi fandt ikke noget om »${query.text}«.`);
  }

  result({ page: [address, title, kind, description], part: [anchor, heading, text] }, query) {
    const target = new URL(anchor ? `${address}#${anchor}` : address || ".", this.root);
    const sentence = context(text, query) || cut(description, query);
    const where = anchor && heading ? `${kind} · under »${heading}«` : kind;
    const offer = /^aktiviteter\/((?!(?:dage|byer|kommuner|fokusomraader|uge)\/)[a-z0-9-]+)\/$/.exec(address);
    const item = element("li", {},
      element("a", { href: target }, ...marked(title, query)),
      element("span", { className: "hit-kind" }, ...marked(where, query)),
      element("p", {}, ...marked(sentence, query)));
    if (offer && kind.startsWith("Aktivitet") && document.body.dataset.list) {
      item.dataset.offer = offer[1];
      item.append(element("button", { type: "button", className: "pick" }, "Læg på min liste", element("span", { className: "unseen" }, `: ${title}`)));
    }
    return item;
  }

  fill(children) {
    this.out.querySelector("[data-hits]").replaceChildren(...children);
    this.out.hidden = false;
  }

  // Seen at once, and said when the typing rests, so that not every letter is.
  say(text) {
    this.out.querySelector("[data-count]").textContent = text;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => (this.status.textContent = text), text ? SPOKEN : 0);
  }

  close() {
    clearTimeout(this.waiting);
    this.turn = undefined; // what is on its way comes too late
    if (this.page) {
      this.out.querySelector("[data-hits]").replaceChildren();
      this.out.querySelector("[data-nothing]").hidden = true;
      this.say("");
    } else this.out.hidden = true;
  }

  // Arrows walk the field and the results; Esc goes back, and then empties the field.
  key(event) {
    if (event.key === "Escape" && !this.out.hidden) {
      event.preventDefault();
      const inField = document.activeElement === this.field;
      this.field.focus();
      if (this.page && !inField) return;
      if (this.page) {
        this.field.value = "";
        this.keep("", true);
      }
      this.close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || this.out.hidden) return;
    const stops = [this.field, ...this.out.querySelectorAll("a, button")].filter((stop) => stop.offsetParent);
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
