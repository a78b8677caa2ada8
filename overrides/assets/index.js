// The index: fetched piece by piece as a query needs it; it orders the pages that hold the words.

import { Language } from "./words.js";

const RANKED = 6; // pages whose titles are compared with the whole query
const TITLE = 0.6; // what a title that is the whole query counts, to the rest
const WHOLE = 0.3; // and one that is what was typed, word for word
const EVERYDAY = 80; // what the best page for an everyday word scores
const better = (a, b) => b.score - a.score || a.number - b.number;


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
    this.pageAt = head.sections.flatMap(([size, pages]) => Array(pages).fill(size))
      .flatMap((size, page) => Array(size).fill(page));
    this.texts = [0];
    for (const [step, pieces] of head.texts) {
      for (let i = 0; i < pieces; i++) this.texts.push(this.texts.at(-1) + step);
    }
    this.groups = head.groups.flatMap(([name, size]) => Array(size).fill(name));
  }

  // The page of a section. Those of activities, behind the others, have one section each.
  pageOf(section) {
    const { coming: [first] } = this.head;
    return section < first ? this.pageAt[section] : this.groups.length + section - first;
  }

  groupOf(page) {
    return this.groups[page] ?? this.head.last;
  }

  over(page) {
    const { coming: [first], past: [start] } = this.head;
    return page - this.groups.length >= start - first;
  }

  // The municipality that a page is of, or null.
  whose(page) {
    const { coming: [first], past: [start], whose } = this.head;
    if (!whose) return null;
    const at = page - this.groups.length;
    let sign = whose.lasting[page];
    if (at >= 0) sign = at < start - first ? whose.coming[at] : whose.past[at - (start - first)];
    return whose.names[sign] ?? null;
  }

  piece(name) {
    if (!this.pieces.has(name)) {
      const { layout, version } = this.head;
      const asked = fetch(new URL(`${layout}/${name}.json?v=${version}`, this.url)).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
      asked.catch(() => this.pieces.delete(name));
      this.pieces.set(name, asked);
    }
    return this.pieces.get(name);
  }

  // The piece of a stem: its first letters say which.
  pieceOf(stem) {
    let sum = 0;
    for (const sign of [...stem].slice(0, this.head.letters)) {
      sum = (Math.imul(sum, 31) + sign.codePointAt(0)) >>> 0;
    }
    return `ord-${sum % this.head.pieces}`;
  }

  // The last piece that begins at or before a section.
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
    const piece = await this.piece(this.pieceOf(stem));
    const steps = Object.hasOwn(piece, stem) ? piece[stem] : [];
    const found = new Map();
    for (let i = 0, section = 0; i < steps.length; i += 2) {
      section += steps[i];
      found.set(section, steps[i + 1]);
    }
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
    for (const [at, ways] of all.entries()) { // «§ 82» is known by its look, and may not be here
      const { word } = slots[at];
      if (/\d/.test(word ?? "") && !ways.flat().length) query.unknown.push(word);
    }
    all.forEach((ways, slot) => {
      const best = new Map(); // page -> this slot's best
      for (const [section, value] of ways.flat()) {
        const number = this.pageOf(section);
        let page = pages.get(number);
        if (!page) {
          page = { number, score: 0, met: 0, sections: new Map() };
          pages.set(number, page);
        }
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
    const bases = query.stems, typed = new Set(query.tokens.map((token) => token.base));
    await Promise.all(found.slice(0, RANKED).map(async (one) => {
      const { page } = await this.shown(one);
      const title = this.language.words(page[1]).filter((word) => !this.language.stop.has(word))
        .map((word) => this.language.base(this.language.fold(word)));
      const hits = title.filter((base) => bases.has(base)).length;
      const share = (2 * hits) / (title.length + Math.max(query.slots.length, hits));
      const whole = title.length === typed.size && title.every((base) => typed.has(base));
      one.score *= 1 + TITLE * share + (whole ? WHOLE : 0);
    }));
  }

  // What a result shows: [address, title, kind, description], [anchor, heading, text].
  async shown({ section }) {
    for (const [name, [start, end]] of [["kommende", this.head.coming], ["forbi", this.head.past]]) {
      if (section < start || section >= end) continue;
      const at = section - start;
      const block = await this.piece(`${name}-${Math.floor(at / this.head.cap)}`);
      const [page, part] = block[at % this.head.cap];
      return { page, part };
    }
    const [first, ...pages] = await this.piece(`tekst-${Index.at(this.texts, section)}`);
    let number = first;
    for (const [page, ...sections] of pages) {
      if (section < number + sections.length) return { page, part: sections[section - number] };
      number += sections.length;
    }
    throw new Error("index");
  }
}
