// The scripts of the search that need no page: words taken apart, and what a query asks for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Query } from "../../overrides/assets/query.js";
import { Language } from "../../overrides/assets/words.js";

// The shape of the index's head; the rules are those of Danish in small.
const language = new Language({
  rules: {
    patterns: {
      section: "\\d+(?:\\s?[a-z](?!@))?", token: "§\\d+[a-z]?|@+",
      legal: "§+\\s*(\\d+(?:\\s?[a-z](?!@))?(?:\\s*(?:,|/|–|-|og|eller|til)\\s*\\d+(?:\\s?[a-z](?!@))?)*)",
      paragraph: "(?<!@)paragraf(?:fer(?:ne)?|fen)?\\s*(?=\\d)",
    },
    folds: [["æ", "ae"], ["ø", "o"], ["å", "a"]], endings: ["erne", "ene", "er", "en", "e"],
    neuter: ["t"], shortest: 3, vowels: "aeiouyæøå", stop: ["og", "i"], joints: ["", "s"],
    shortestPart: 3, noParts: [],
  },
  words: "besøgsven fællesskab nabo torv venner", irregular: { boern: "barn" },
  everyday: [[["ensom", "helt alene"], [1, 1], ["fallesskab", 100]]],
});

test("words are cut as the index cuts them: sections of acts are one word, hyphens part", () => {
  assert.deepEqual(language.words("§§ 103/104 og paragraf 85 a"), ["§103", "§104", "og", "§85a"]);
  assert.deepEqual(language.words("Børne- og unge\u00adhus, e-mail!"), ["børne", "og", "ungehus", "e", "mail"]);
  assert.deepEqual(language.words("?!"), []);
});

test("æ, ø, å and accents are folded, endings cut", () => {
  assert.equal(language.fold("fællesskåb"), "faellesskab");
  assert.equal(language.stem("torvene"), "torv");
  assert.equal(language.base("boern"), "barn");
});

test("a mistyped word is guessed, the likeliest first; a short one is not", () => {
  assert.equal(language.guesses("bsogsven")[0].word, "besøgsven");
  assert.deepEqual(language.guesses("xyz"), []);
});

test("a compound is taken apart in as few words as possible", () => {
  assert.deepEqual(language.split("torvsnabo"), ["torv", "nabo"]);
  assert.deepEqual(language.split("nabotorvvenner"), ["nabo", "torv", "ven"]);
  assert.deepEqual(language.split("torv"), []);
});

test("a query asks for each word but those that say nothing", () => {
  const query = new Query("naboerne og torvet", language, false);

  assert.equal(query.slots.length, 2);
  assert.ok(query.slots.every((slot) => slot.ways.length > 0));
});
