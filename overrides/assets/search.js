// The search in the browser: takes apart what is typed, as macros/language/danish.py does, fetches the
// pieces of the index it needs, orders the pages and shows them. Loaded when a field is first used.

const SHOWN = { panel: { best: 3, group: 1, groups: 3 }, page: { best: 3, group: 5, groups: 9 } };
// How much a way of finding a word counts, to the word itself.
const QUALITY = { prefix: 0.75, everyday: 0.8, phrase: 1.3, beside: 0.55, split: 0.65, typo: 0.7, inside: 0.8, part: 0.5, joined: 1.1, section: 0.9 };
const RANKED = 6; // pages whose titles are compared with the whole query
const TITLE = 0.6;
const WEAK = 0.08; // a page that scores less than this share of the best is no result
const EVERYDAY = 80; // what the best page for an everyday word scores
const MORE = 20; // results more at a time
const SPOKEN = 500; // milliseconds of rest before the number of results is said
const ENDING = 3; // letters that a word may have beyond its stem
const better = (a, b) => b.score - a.score || a.number - b.number;
const LEGAL = /§+\s*(\d+(?:\s?[a-z](?![\p{L}\p{N}]))?(?:\s*(?:,|\/|–|-|og|eller|til)\s*\d+(?:\s?[a-z](?![\p{L}\p{N}]))?)*)/gu;
const PARAGRAPH = /(?<![\p{L}\p{N}_])paragraf(?:fer(?:ne)?|fen)?\s*(?=\d)/gu;
const TOKEN = /§\d+[a-z]?|[\p{L}\p{N}]+/gu;

// --- words --------------------------------------------------------------------------------------

export function words(text) {
  const calm = text.normalize("NFC").replaceAll("\u00ad", "").toLowerCase().replace(PARAGRAPH, "§");
  const apart = calm.replace(LEGAL, (_, list) =>
    list.match(/\d+(?:\s?[a-z](?![\p{L}\p{N}]))?/gu).map((n) => ` §${n.replace(/\s/g, "")} `).join(" "));
  return apart.match(TOKEN) ?? [];
}

// Edits between two words (letters swapped count as one), or more than `most`.
function edits(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], last = [], row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    [before, last, row] = [last, row, [i]];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      least = Math.min(least, row[j]);
    }
    if (least > most) return most + 1;
  }
  return row[b.length];
}

// The letters of a word as bits.
function letters(word) {
  let mask = 0;
  for (let at = 0; at < word.length; at++) mask |= 1 << (word.charCodeAt(at) & 31);
  return mask;
}

function ones(bits) {
  let count = 0;
  for (; bits; bits &= bits - 1) count += 1;
  return count;
}

class Language {
  constructor({ rules, words: known, irregular, everyday }) {
    this.rules = rules;
    this.stop = new Set(rules.stop);
    this.irregular = irregular;
    this.read = new Map();
    this.forms = known.split(" ").map((word) => ({ word, folded: this.fold(word) }));
    for (const form of this.forms) form.base = this.base(form.folded);
    this.bases = new Set(this.forms.map((form) => form.base));
    this.known = new Set(this.forms.map((form) => form.folded));
    this.noParts = new Set(rules.noParts.map((word) => this.fold(word)));
    const everydayWays = everyday.flatMap(([typed, marks, finds]) => typed.map((phrase) => {
      const all = words(phrase).map((word) => ({ word, base: this.base(this.fold(word)) }));
      const content = all.filter(({ word }) => !this.stop.has(word));
      return { all, content: content.length ? content : all, marks, finds };
    }));
    this.ways = new Map(); // base -> the everyday words and phrases it is part of
    const listed = new Set(this.known);
    for (const way of everydayWays) {
      for (const { word, base } of way.content) {
        if (!this.ways.has(base)) this.ways.set(base, new Set());
        this.ways.get(base).add(way);
        const folded = this.fold(word);
        if (word.length < 4 || listed.has(folded)) continue;
        listed.add(folded);
        // Everyday words may be mistyped as well.
        this.forms.push({ word, folded, base, everyday: true });
      }
    }
  }

  fold(word) {
    for (const [letters, plain] of this.rules.folds) word = word.replaceAll(letters, plain);
    return word.normalize("NFD").replace(/\p{M}/gu, "");
  }

  stem(word) {
    const { endings, neuter, shortest, vowels } = this.rules;
    if (!/^\p{L}+$/u.test(word)) return word;
    const ending = endings.find((end) => {
      const rest = word.slice(0, -end.length);
      if (rest.endsWith("a") && end[0] === "e") return false; // half of an æ
      return word.endsWith(end) && rest.length >= shortest && [...rest].some((l) => vowels.includes(l));
    });
    if (ending) {
      word = word.slice(0, -ending.length);
      if (ending.startsWith("ing") && word.endsWith("n") && !vowels.includes(word.at(-2))) word = word.slice(0, -1);
    } else if (neuter.some((end) => word.endsWith(end)) && word.length > shortest + 1) word = word.slice(0, -1);
    const double = word.length > shortest && word.at(-1) === word.at(-2) && !vowels.includes(word.at(-1));
    return double ? word.slice(0, -1) : word;
  }

  base(folded) {
    const stem = this.stem(folded);
    return Object.hasOwn(this.irregular, stem) ? this.irregular[stem] : stem;
  }

  // A word of a text, folded and with its base; kept, as texts say the same words again and again.
  word(word) {
    if (!this.read.has(word)) {
      const lower = word.toLowerCase().replace(/§+\s?/, "§");
      const folded = this.fold(lower);
      this.read.set(word, { folded, base: this.base(folded), stop: this.stop.has(lower) });
    }
    return this.read.get(word);
  }

  // The words of the site that are nearest to one that it does not have; the likeliest first.
  guesses(folded) {
    const most = folded.length < 4 ? 0 : folded.length < 8 ? 1 : 2;
    if (!most) return [];
    const found = [];
    const mask = letters(folded);
    for (const form of this.forms) {
      // Each edit changes at most one letter that a word has and one that it has not.
      form.mask ??= letters(form.folded);
      if (ones(form.mask & ~mask) > most + ENDING || ones(mask & ~form.mask) > most) continue;
      let distance = edits(folded, form.folded, most);
      if (form.base.length > 6) distance = Math.min(distance, edits(folded, form.base, most));
      if (distance <= most) {
        const other = form.folded[0] === folded[0] ? 0 : 0.5;
        if (other && folded.length < 6) continue;
        found.push({ ...form, distance: distance + other });
      }
    }
    found.sort((a, b) => a.distance - b.distance);
    const best = found[0]?.distance ?? 0;
    return found.filter((form) => form.distance <= best + 0.5).slice(0, 6);
  }

  // Two or three words of the site that a compound is made of.
  split(folded, count = 3) {
    const { joints, shortestPart } = this.rules;
    for (let end = folded.length - shortestPart; end >= shortestPart && count > 1; end--) {
      const rest = folded.slice(end);
      for (const joint of joints) {
        if (!folded.slice(0, end).endsWith(joint)) continue;
        const first = folded.slice(0, end - joint.length);
        if (first.length < shortestPart || !this.isWord(first)) continue;
        if (this.isWord(rest)) return [this.base(first), this.base(rest)];
        const more = first.length > shortestPart ? this.split(rest, count - 1) : [];
        if (more.length) return [this.base(first), ...more];
      }
    }
    return [];
  }

  // The longest word of the site that an unknown compound begins or ends with.
  beginning(folded) {
    for (let length = folded.length - 2; length > 3; length--) {
      for (const piece of [folded.slice(0, length), folded.slice(-length)]) {
        if (this.isWord(piece)) return this.base(piece);
      }
    }
    return "";
  }

  isWord(folded) {
    if (this.noParts.has(folded)) return false;
    if (this.known.has(folded)) return true;
    const base = this.base(folded);
    return base.length > 3 && this.bases.has(base);
  }
}

// --- what is asked for --------------------------------------------------------------------------

// A slot is something that a good page has: ways [stem, quality], and how much it counts.
export class Query {
  constructor(text, language, live) {
    this.text = text.trim();
    this.language = language;
    const every = words(text).map((word) => {
      const folded = language.fold(word);
      return { word, folded, base: language.base(folded), stop: language.stop.has(word), ways: [] };
    });
    const content = every.filter((one) => !one.stop);
    this.tokens = content.length ? content : every;
    this.unknown = [];
    this.corrections = [];
    this.extra = [];
    this.present = new Set(every.map((one) => one.base));
    const last = live && !/\s$/.test(text) ? every.at(-1) : null;
    for (const token of [...this.tokens]) this.find(token, token === last);
    this.join(every);
    this.slots = this.tokens.filter((token) => token.ways.length);
  }

  get bases() {
    return new Set([...this.slots, ...this.extra].flatMap((slot) =>
      slot.ways.flatMap(([way]) => way.marks ?? way)));
  }

  find(token, unfinished) {
    const { language } = this;
    const known = language.bases.has(token.base);
    if (known || /\d/.test(token.word)) token.ways.push([token.base, 1]);
    if (/^\d+[a-z]?$/.test(token.word)) token.ways.push([`§${token.word}`, QUALITY.section]);
    this.everyday(token, token.base, known ? QUALITY.beside : 1, known);
    if (unfinished && token.folded.length > 1) this.complete(token, token.ways.length > 0);
    if (!token.ways.length) this.inside(token);
    if (token.ways.length) return;
    const guesses = language.guesses(token.folded);
    const parts = guesses[0]?.distance <= 1 ? [] : language.split(token.folded);
    if (parts.length) this.take(token, parts, QUALITY.split);
    else if (guesses.length) this.guess(token, guesses);
    else {
      const part = language.beginning(token.folded);
      if (part) this.take(token, [part], QUALITY.part);
      this.unknown.push(token.word);
    }
  }

  // What people mean by an everyday word, or by the phrases that it and its neighbours make.
  everyday(token, base, quality, known = false) {
    for (const way of this.language.ways.get(base) ?? []) {
      const present = (one) => one.base === base || this.present.has(one.base);
      const content = way.content.filter(present).length / way.content.length;
      const all = way.all.filter(present).length / way.all.length;
      if (known && content < 1) continue;
      // A whole phrase says more than its words: «vil ikke leve mere» is not about the word «leve».
      const whole = all === 1 && way.all.length > 1;
      const fit = content < 1 ? 0.3 * (content + all) : Math.max(all * all, 0.15);
      token.ways.push([way, whole ? QUALITY.phrase : quality * QUALITY.everyday * fit]);
    }
  }

  // A compound that the site does not have, as words of its own.
  take(token, [first, ...others], quality) {
    token.ways.push([first, quality]);
    this.everyday(token, first, quality);
    for (const base of others) {
      const slot = { ways: [[base, quality]] };
      this.everyday(slot, base, quality);
      this.tokens.push(slot);
    }
  }

  // «rådslagning» stands in «familierådslagning».
  inside(token) {
    const piece = token.base.length > 4 ? token.base : token.folded;
    if (piece.length < 5) return;
    for (const form of this.language.forms) {
      if (!form.everyday && form.folded.includes(piece)) token.ways.push([form.base, QUALITY.inside]);
    }
  }

  complete(token, known) {
    const forms = this.language.forms
      .filter((form) => form.folded.startsWith(token.folded) && form.base !== token.base)
      .sort((a, b) => a.folded.length - b.folded.length);
    const seen = new Set();
    for (const { folded, base, everyday } of forms) {
      if (seen.has(base) || seen.size > 10) continue;
      seen.add(base);
      const quality = (known ? 0.5 : QUALITY.prefix) * Math.sqrt(token.folded.length / folded.length);
      if (everyday) this.everyday(token, base, quality);
      else token.ways.push([base, quality]);
    }
  }

  guess(token, guesses) {
    this.corrections.push([token.word, guesses[0].word]);
    for (const { base, everyday, distance } of guesses) {
      const quality = QUALITY.typo / (1 + 0.5 * (distance - guesses[0].distance));
      if (everyday) this.everyday(token, base, quality);
      else token.ways.push([base, quality]);
    }
  }

  // «sundheds fremme» may be one word of the site.
  join(every) {
    for (let at = 0; at + 1 < every.length; at++) {
      for (const joint of [...this.language.rules.joints].reverse()) {
        const base = this.language.base(every[at].folded + joint + every[at + 1].folded);
        if (!this.language.bases.has(base)) continue;
        this.extra.push({ ways: [[base, QUALITY.joined]] });
        for (const one of [every[at], every[at + 1]]) one.ways.push([base, QUALITY.joined / 2]);
        break;
      }
    }
  }
}

// --- the index ----------------------------------------------------------------------------------

export class Index {
  static async open(url) {
    const answer = await fetch(url, { cache: "no-cache" });
    if (!answer.ok) throw new Error(answer.status);
    return new Index(url, await answer.json());
  }

  constructor(url, head) {
    this.url = url;
    this.head = head;
    this.language = new Language(head);
    this.pieces = new Map();
    this.pageOf = head.sections.flatMap(([size, pages]) => Array(pages).fill(size))
      .flatMap((size, page) => Array(size).fill(page));
    this.texts = [0];
    for (const [step, pieces] of head.texts) {
      for (let i = 0; i < pieces; i++) this.texts.push(this.texts.at(-1) + step);
    }
    this.pages = this.pageOf.at(-1) + 1;
    this.groupOf = head.groups.flatMap(([, size], group) => Array(size).fill(group));
  }

  piece(name) {
    if (!this.pieces.has(name)) {
      const asked = fetch(new URL(`${this.head.version}/${name}.json`, this.url)).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
      asked.catch(() => this.pieces.delete(name));
      this.pieces.set(name, asked);
    }
    return this.pieces.get(name);
  }

  // The last piece that begins at or before a stem or a section.
  static at(starts, wanted) {
    let low = 0, high = starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= wanted) low = middle;
      else high = middle;
    }
    return low;
  }

  // Section -> what a stem says there.
  async places(stem) {
    const piece = await this.piece(`ord-${Index.at(this.head.postings, stem)}`);
    const steps = Object.hasOwn(piece, stem) ? piece[stem] : [];
    const found = new Map();
    for (let i = 0, section = 0; i < steps.length; i += 2) found.set((section += steps[i]), steps[i + 1]);
    return found;
  }

  // Where a way leads: [section, value]. A way is a stem, or an everyday word with its sections.
  async meets([way, quality]) {
    if (way.finds) {
      return Array.from({ length: way.finds.length / 2 }, (_, at) =>
        [way.finds[2 * at], (EVERYDAY * quality * way.finds[2 * at + 1]) / 100]);
    }
    return [...await this.places(way)].map(([section, impact]) => [section, quality * impact]);
  }

  // The pages that answer, the best first: number, its best section, score. early is told of them
  // before their titles are compared, so that what will be shown can be fetched meanwhile.
  async search(query, early = () => {}) {
    const pages = new Map();
    const slots = [...query.slots, ...query.extra];
    const all = await Promise.all(slots.map((slot) => Promise.all(slot.ways.map((way) => this.meets(way)))));
    all.forEach((ways, slot) => {
      const best = new Map(); // page -> this slot's best
      for (const [section, value] of ways.flat()) {
        const number = this.pageOf[section];
        let page = pages.get(number);
        if (!page) pages.set(number, (page = { number, score: 0, met: 0, sections: new Map() }));
        page.sections.set(section, (page.sections.get(section) ?? 0) + value);
        if (value > (best.get(number) ?? 0)) best.set(number, value);
      }
      for (const [number, value] of best) {
        const page = pages.get(number);
        page.score += value;
        if (slot < query.slots.length) page.met += 1;
      }
    });
    const asked = query.slots.length || 1;
    const found = [...pages.values()].map(({ number, score, met, sections }) => ({
      number,
      score: score * (0.25 + 0.75 * (met / asked)),
      section: [...sections].reduce((a, b) => (b[1] > a[1] ? b : a))[0],
    })).sort(better);
    early(found);
    await this.byTitle(found, query);
    return found.sort(better);
  }

  // Of the first pages, those whose title is what was asked for come before the others.
  async byTitle(found, query) {
    const bases = query.bases;
    await Promise.all(found.slice(0, RANKED).map(async (one) => {
      const { page } = await this.shown(one);
      const title = words(page[1]).filter((word) => !this.language.stop.has(word))
        .map((word) => this.language.base(this.language.fold(word)));
      const hits = title.filter((base) => bases.has(base)).length;
      if (hits) one.score *= 1 + (TITLE * 2 * hits) / (title.length + Math.max(query.slots.length, hits));
    }));
  }

  // What a result shows: [address, title, kind, description], [anchor, heading, text].
  async shown({ section }) {
    const [first, ...pages] = await this.piece(`tekst-${Index.at(this.texts, section)}`);
    let number = first;
    for (const [page, ...sections] of pages) {
      if (section < number + sections.length) return { page, part: sections[section - number] };
      number += sections.length;
    }
    throw new Error("index");
  }
}

// --- what is shown ------------------------------------------------------------------------------

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// A text with the words that were found in <mark>.
function marked(text, query) {
  const { language } = query;
  const bases = [...query.bases];
  const pieces = [];
  let done = 0;
  for (const found of text.matchAll(/§+\s?\d+|[\p{L}\p{N}]+/gu)) {
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
  const start = Math.max(0, (parts[0].length ?? 0) - 80);
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
    const turn = (this.turn = Symbol("turn"));
    if (this.page && kept) this.keep(text, whole);
    if (text !== this.text) this.wider = new Map();
    this.text = text;
    if (text.trim().length < (whole ? 2 : 3)) return this.close();
    try {
      const index = await this.open();
      const query = new Query(text, index.language, !whole);
      const found = await index.search(query, (soon) => {
        const likely = this.cut(index, soon).parts.flatMap((part) => part.results);
        for (const one of likely) index.shown(one).catch(() => {});
      });
      const { total, parts } = this.cut(index, found);
      const wanted = [...new Set(parts.flatMap((part) => part.results))];
      const shown = new Map(await Promise.all(wanted.map(async (one) => [one, await index.shown(one)])));
      if (turn !== this.turn) return;
      this.show(query, total, parts, shown);
    } catch {
      if (turn !== this.turn) return;
      this.index = undefined; // a new edition may have come since
      this.fill([element("p", { className: "hits-note" },
        "Søgningen kan ikke hentes lige nu. Prøv igen, eller brug menuen.")]);
      this.say("Søgningen kan ikke hentes lige nu.");
    }
  }

  keep(text, asked) {
    const query = text.trim();
    const shown = new URLSearchParams(location.search).get("q") ?? "";
    if (query !== shown) {
      const address = query ? `?q=${encodeURIComponent(query)}` : location.pathname;
      // What is being typed is one step back, however many letters it has.
      if (this.typing) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    }
    this.seen = location.search;
    this.typing = !asked;
  }

  // The best of all, then group by group, the group of the best page first.
  cut(index, found) {
    const results = found.filter((one) => one.score >= found[0].score * WEAK);
    const best = results.slice(0, this.limits.best);
    const parts = [{ title: "Passer bedst", results: best, more: 0 }];
    const groups = new Map();
    for (const one of results.slice(this.limits.best)) {
      const name = index.head.groups[index.groupOf[one.number]][0];
      groups.set(name, [...(groups.get(name) ?? []), one]);
    }
    // What is over stands after what is to come.
    const over = (one) => (one.number >= index.pages - index.head.over ? 1 : 0);
    for (const all of groups.values()) all.sort((a, b) => over(a) - over(b));
    for (const [title, all] of [...groups].slice(0, this.limits.groups)) {
      const room = this.limits.group + (this.wider.get(title) ?? 0);
      parts.push({ title, results: all.slice(0, room), more: Math.max(0, all.length - room) });
    }
    return { total: results.length, parts: parts.filter((part) => part.results.length) };
  }

  show(query, total, parts, shown) {
    const nothing = this.out.querySelector("[data-nothing]");
    const children = [];
    const meant = query.corrections;
    if (meant.length) {
      const better = meant.reduce((text, [wrong, right]) => text.replace(new RegExp(wrong, "iu"), right), query.text);
      const link = element("a", { href: `${new URL("soeg/", this.root)}?q=${encodeURIComponent(better)}` }, better);
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
      const all = element("a", { href: `${new URL("soeg/", this.root)}?q=${encodeURIComponent(query.text)}` },
        total === 1 ? "Se resultatet på en side for sig" : `Se alle ${total} resultater for »${query.text}«`);
      children.push(element("p", { className: "hits-all" }, all));
    }
    nothing.hidden = total > 0;
    this.fill(children);
    const missing = query.unknown.length ? ` Vi kender ikke »${query.unknown.join("«, »")}«.` : "";
    const count = total === 1 ? "1 resultat" : `${total} resultater`;
    this.say(total ? `${count} for »${query.text}«.${missing}` : `Vi fandt ikke noget om »${query.text}«.`);
  }

  result({ page: [address, title, kind, description], part: [anchor, heading, text] }, query) {
    const target = new URL(anchor ? `${address}#${anchor}` : address || ".", this.root);
    const sentence = context(text, query) || description;
    const where = anchor && heading ? `${kind} · under »${heading}«` : kind;
    return element("li", {},
      element("a", { href: target }, ...marked(title, query)),
      element("span", { className: "hit-kind" }, where),
      element("p", {}, ...marked(sentence, query)));
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
