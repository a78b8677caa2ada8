// What is earnest need, and what only sounds like it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { acute, alternatives, near } from "../../overrides/assets/acute.js";

const phrase = (text) => alternatives(text, (word) => word);
const needs = [
  { title: "a", typed: ["slar mig/hende", "vold"].map(phrase) },
  { title: "b", typed: ["slar mig ihjel", "selvmord/selvmordet"].map(phrase) },
];
const found = (text) => acute(text.split(" "), needs)?.title;

test("a phrase is found wherever it stands", () => {
  assert.equal(found("han slar mig hver dag"), "a");
  assert.equal(found("vold"), "a");
});

test("one of several words may stand in a place", () => {
  assert.equal(found("han slar hende"), "a");
  assert.equal(found("selvmordet"), "b");
  assert.equal(found("han slar sig"), undefined);
});

test("the longest phrase says what it is about", () => {
  assert.equal(found("han slar mig ihjel"), "b");
});

test("one fault in a long word is forgiven, none in a short one", () => {
  assert.equal(found("selvmrd"), "b");
  assert.equal(found("slevmord"), "b");
  assert.equal(found("guld"), undefined);
  assert.ok(near("selvmord", "selvmordd") && !near("selvmord", "selvmorderne"));
  assert.ok(!near("vold", "volt") && !near("rorer", "horer"));
});

test("words in another order or far apart are something else", () => {
  assert.equal(found("mig slar"), undefined);
  assert.equal(found("slar et ord op for mig"), undefined);
});

test("two words may stand between", () => {
  assert.equal(found("slar altid mig"), "a");
  assert.equal(found("slar igen og mig"), "a");
  assert.equal(found("slar igen og igen mig"), undefined);
});
