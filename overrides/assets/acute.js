// What is written in earnest need: known before anything is ranked, typing faults included.

const NEAR = 6; // letters from which on one fault is forgiven
const BETWEEN = 2; // words that may stand between two of a phrase

// Whether one letter more, less, other or two swapped make the one word the other.
export function near(one, other) {
  if (one === other) return true;
  if (Math.min(one.length, other.length) < NEAR || Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const [a, b] = [one.slice(at), other.slice(at)];
  return a.slice(1) === b.slice(1) || a === b.slice(1) || a.slice(1) === b
    || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
}

// The words of a phrase, each with those that may stand for it: «skærer mig/sig selv».
export function alternatives(phrase, fold) {
  return phrase.split(" ").map((words) => words.split("/").map(fold));
}

function stands(phrase, words) {
  return words.some((_, start) => {
    let at = start;
    return phrase.every((every, nth) => {
      const end = nth ? at + 1 + BETWEEN : at + 1;
      for (; at < end && at < words.length; at++) {
        if (every.some((word) => near(words[at], word))) return ++at;
      }
      return false;
    });
  });
}

// The need that the words tell of, or undefined; of several the one whose phrase is longest.
export function acute(words, needs) {
  let found, most = 0;
  for (const need of needs) {
    for (const phrase of need.typed) {
      if (phrase.length > most && stands(phrase, words)) [found, most] = [need, phrase.length];
    }
  }
  return found;
}
