// Danish words in the browser: a text taken apart, folded and stemmed, as macros/language/danish.py
// does it. The rules of Danish travel with the index; here is only how they are applied.

const ENDING = 3; // letters that a word may have beyond its stem

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

export class Language {
  constructor({ rules, words: known, irregular, everyday }) {
    this.rules = rules;
    this.patterns = Object.fromEntries(Object.entries(rules.patterns).map(([name, pattern]) =>
      [name, new RegExp(pattern.replaceAll("@", "[\\p{L}\\p{N}]"), "gu")]));
    this.stop = new Set(rules.stop);
    this.kin = new Set(rules.kin);
    this.own = new Set(rules.own);
    this.irregular = irregular;
    this.read = new Map();
    this.forms = known.split(" ").map((word) => ({ word, folded: this.fold(word) }));
    for (const form of this.forms) form.base = this.base(form.folded);
    this.bases = new Set(this.forms.map((form) => form.base));
    this.known = new Set(this.forms.map((form) => form.folded));
    this.noParts = new Set(rules.noParts.map((word) => this.fold(word)));
    const everydayWays = everyday.flatMap(([typed, marks, finds]) => typed.map((phrase) => {
      const all = this.words(phrase).map((word) => ({ word, base: this.base(this.fold(word)) }));
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

  words(text) {
    const { section, legal, paragraph, token } = this.patterns;
    const calm = text.normalize("NFC").replaceAll("\u00ad", "").toLowerCase().replace(paragraph, "§");
    const apart = calm.replace(legal, (_, list) =>
      list.match(section).map((number) => ` §${number.replace(/\s/g, "")} `).join(" "));
    return apart.match(token) ?? [];
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

  // Two or three words of the site that a compound is made of: as few as possible, the first as long
  // as possible.
  split(folded) {
    for (const count of [2, 3]) {
      const parts = this.parts(folded, count);
      if (parts) return parts.map((part) => this.base(part));
    }
    return [];
  }

  parts(word, count) {
    const { joints, shortestPart } = this.rules;
    if (count === 1) return this.isWord(word) ? [word] : null;
    for (let end = word.length - shortestPart; end >= shortestPart; end--) {
      for (const joint of joints) {
        const first = word.slice(0, end - joint.length);
        if (first.length < shortestPart || first + joint !== word.slice(0, end)) continue;
        const rest = this.isWord(first) && this.parts(word.slice(end), count - 1);
        if (rest) return [first, ...rest];
      }
    }
    return null;
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
