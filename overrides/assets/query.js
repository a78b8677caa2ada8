// What is asked for: each word with the ways in which it may stand in the index, and how good they are.

// How much a way of finding a word counts, to the word itself.
const QUALITY = { prefix: 0.75, everyday: 0.8, phrase: 1.3, beside: 0.55, split: 0.65, typo: 0.7, inside: 0.8, part: 0.5, joined: 1.1, section: 0.9, kin: 0.2 };

const MARKED = 0.5; // how good a way of everyday words must be to be shown in the text

// A slot is something that a good page has: ways [stem, quality], and how much it counts.
export class Query {
  constructor(text, language, live) {
    this.text = text.trim();
    this.language = language;
    const every = language.words(text).map((word) => {
      const folded = language.fold(word);
      return { word, folded, base: language.base(folded), stop: language.stop.has(word), ways: [] };
    });
    const content = every.filter((one) => !one.stop);
    // «min mor er ensom» is about being lonely: whose it is only qualifies.
    const kin = content.filter((one) => language.kin.has(one.word) && language.own.has(every[every.indexOf(one) - 1]?.word));
    const subject = content.filter((one) => !kin.includes(one));
    this.tokens = subject.length ? subject : content.length ? content : every;
    this.unknown = [];
    this.corrections = [];
    this.extra = [];
    if (subject.length) for (const one of kin) this.extra.push({ ways: [[one.base, QUALITY.kin]] });
    this.present = new Set(every.map((one) => one.base));
    const last = live && !/\s$/.test(text) ? every.at(-1) : null;
    for (const token of [...this.tokens]) this.find(token, token === last);
    this.join(every);
    this.slots = this.tokens.filter((token) => token.ways.length);
  }

  // Whatever may stand in the title of a good page.
  get stems() {
    return new Set([...this.slots, ...this.extra].flatMap((slot) =>
      slot.ways.flatMap(([way]) => way.marks?.flatMap((phrase) => phrase.split(" ")) ?? way)));
  }

  // What of it is shown in a text: the words themselves, as they may be written.
  get bases() {
    return new Set([...this.slots, ...this.extra].flatMap((slot) => slot.ways.map(([way]) => way).filter((way) => !way.marks)));
  }

  // The phrases that everyday words lead to, as lists of stems; of what is asked for only in part,
  // none: nobody would see why.
  get phrases() {
    const led = this.slots.flatMap((slot) => slot.ways.filter(([way, quality]) => way.marks && quality >= MARKED));
    return led.flatMap(([way]) => way.marks.map((phrase) => phrase.split(" ")));
  }

  // The words that no page has, where what is found is found for what people mean by them alone.
  get meant() {
    const alone = this.slots.length && this.slots.every((slot) => slot.word && slot.ways.every(([way]) => way.marks));
    return alone ? this.slots.map((slot) => slot.word) : [];
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
      if (!everyday) token.ways.push([base, quality]);
      this.everyday(token, base, everyday ? quality : quality * QUALITY.beside, !everyday);
    }
  }

  // «sundheds fremme» may be one word of the site.
  join(every) {
    for (let at = 0; at + 1 < every.length; at++) {
      // «for ældre» has nothing to do with parents, but «selv hjulpen» is «selvhjulpen».
      const small = (one) => one.stop && one.word.length <= this.language.rules.shortestPart;
      if (small(every[at]) || small(every[at + 1])) continue;
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
