// The finder's reckoning: of all that is listed, what is found for some choices, and how many each
// other choice would lead to. Fetched when somebody comes near the choices.

import { all, now } from "./times.js";

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

// What each entry of the index has to come: of its times of today and of the next seven days the
// parts of the day as bits, three for each, and its next time. Worked out again when time has passed.
export function coming(index) {
  if (index.coming && now() - index.coming.at < 60) return index.coming;
  const at = now();
  const [tomorrow, week] = [dayStart(1), dayStart(7)];
  const soon = new Uint8Array(index.spot.length);
  const next = new Float64Array(index.spot.length).fill(Infinity);
  index.times.forEach((times, one) => {
    for (let i = 0; i < times.length; i += 2) {
      if (index.from + times[i + 1] * 60 <= at) continue;
      const start = index.from + times[i] * 60;
      if (next[one] === Infinity) next[one] = start;
      if (start >= week) break;
      const part = 1 << slot(index, start).part;
      soon[one] |= start < tomorrow ? part | (part << 3) : part << 3;
    }
  });
  index.coming = { at, soon, next, today: dayStart(0), tomorrow, week };
  return index.coming;
}

// Weekday and part of the day of a time; many things begin at one.
function slot(index, start) {
  index.slotOf ??= new Map();
  if (!index.slotOf.has(start)) {
    const parts = Object.fromEntries(danish.formatToParts(start * 1000).map((p) => [p.type, p.value]));
    const weekday = (new Date(Date.UTC(parts.year, parts.month - 1, parts.day)).getUTCDay() + 6) % 7;
    index.slotOf.set(start, { weekday, part: index.partsEnd.filter((end) => Number(parts.hour) >= end).length });
  }
  return index.slotOf.get(start);
}

// What is found for some choices, and how many each other choice would lead to.
export class View {
  constructor(index, choices) {
    this.index = index;
    this.choices = choices;
    this.coming = coming(index);
    this.any = [...choices].some(([name, value]) => name !== "kommune" || value !== "alle");
    this.total = index.spot.length;
    this.note = "";
    this.error = "";
    this.km = this.distances(choices.get("naer"));
    this.facets = ["when", "kommune", "by", "til", "fokus", "km", ...index.flags];
    // For each entry a bit for every kind of choice that it does not meet.
    this.misses = new Uint32Array(this.total);
    this.facets.forEach((facet, bit) => {
      const meets = this.test(facet);
      if (meets) for (let at = 0; at < this.total; at++) if (!meets(at)) this.misses[at] |= 1 << bit;
    });
    this.found = [];
    for (let at = 0; at < this.total; at++) if (!this.misses[at]) this.found.push(at);
  }

  // The first so many of what is found, in order: of thousands hardly any is shown.
  first(count) {
    const { index, town } = this;
    const away = (at) => (index.towns[index.town[at]] === town ? 0 : 1);
    const order = ([a, first, here], [b, second, there]) => {
      if ((first === Infinity) !== (second === Infinity)) return first === Infinity ? 1 : -1;
      if (this.near && here !== there) return here - there;
      if (town && away(a) !== away(b)) return away(a) - away(b);
      return first === second ? a - b : first - second;
    };
    const best = [];
    for (const at of this.found) {
      const one = [at, this.next(at), this.km[at] ?? Infinity];
      if (best.length === count && order(one, best[count - 1]) > 0) continue;
      let place = best.length;
      while (place && order(one, best[place - 1]) < 0) place--;
      best.splice(place, 0, one);
      if (best.length > count) best.pop();
    }
    return best.map(([at]) => at);
  }

  // Whether an entry meets what is chosen of a facet; nothing if nothing is.
  test(facet) {
    const { index } = this;
    const value = this.choices.get(facet);
    if (facet === "when") {
      const [day, part] = [this.choices.get("dag"), this.choices.get("tid")];
      return (day || part) && this.when(day, part);
    }
    if (facet === "km") {
      if (!this.near || value === "alle") return null;
      const most = Number(value || index.near);
      return (at) => this.km[at] <= most;
    }
    if (!value || value === "alle") return null;
    if (facet === "kommune") return equals(index.municipality, index.municipalities.indexOf(value));
    if (facet === "by") return equals(index.town, index.towns.indexOf(value));
    if (facet === "fokus") {
      const area = index.areas.indexOf(value);
      return (at) => index.area[at].includes(area);
    }
    return this.marked(facet, value);
  }

  marked(facet, value) {
    const { index } = this;
    const [bits, names, name] = facet === "til" ? [index.group, index.groups, value] : [index.flag, index.flags, facet];
    const bit = 1 << names.indexOf(name);
    return (at) => bits[at] & bit;
  }

  // Whether an entry has a time on a day (today, the next seven, workdays, a weekday) and in a part
  // of the day.
  when(day, part) {
    const { index } = this;
    const parts = part ? 1 << index.parts.indexOf(part) : 7;
    const near = { "i-dag": parts, "7-dage": parts << 3 }[day];
    const [bits, mask] = near ? [this.coming.soon, near] : [index.slots, this.days(day, parts)];
    return (at) => bits[at] & mask;
  }

  days(day, parts) {
    const { weekdays, workdays } = this.index;
    let mask = 0;
    for (let d = 0; d < 7; d++) {
      if (!day || weekdays[d] === day || (day === workdays && d < 5)) mask |= parts << (3 * d);
    }
    return mask;
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
    if (this.index.away?.from !== postcode) {
      const km = this.index.place.map((place, at) => {
        const to = place || this.index.postcodes[this.index.towns[this.index.town[at]]];
        return to ? distance(from, to) : undefined;
      });
      this.index.away = { from: postcode, km };
    }
    return this.index.away.km;
  }

  // The next time that fits the chosen day and part of the day.
  next(at) {
    const [day, part] = [this.choices.get("dag"), this.choices.get("tid")];
    if (!day && !part) return this.coming.next[at];
    const { index } = this;
    const times = index.times[at];
    for (let i = 0; i < times.length; i += 2) {
      const start = index.from + times[i] * 60;
      if (index.from + times[i + 1] * 60 > this.coming.at && this.fits(start, day, part)) return start;
    }
    return this.coming.next[at];
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

  fits(start, day, part) {
    const { index, coming: { today, tomorrow, week } } = this;
    const { weekday, part: own } = slot(index, start);
    if (part && index.parts[own] !== part) return false;
    if (day === "i-dag") return start >= today && start < tomorrow;
    if (day === "7-dage") return start >= today && start < week;
    if (day === index.workdays) return weekday < 5;
    return !day || index.weekdays[weekday] === day;
  }

  // How many would be found if a value were chosen, all other choices kept: by name and value. An
  // entry counts for a facet if that facet alone stands in its way, or nothing.
  counts(names) {
    const { index, misses, facets } = this;
    const counts = Object.fromEntries(names.map(([name]) => [name, {}]));
    for (const [name, values] of names) {
      const bit = 1 << facets.indexOf(name === "dag" || name === "tid" ? "when" : name);
      const open = [];
      for (let at = 0; at < this.total; at++) if (!(misses[at] & ~bit)) open.push(at);
      const own = counts[name];
      const add = (value) => (own[value] = (own[value] ?? 0) + 1);
      if (name === "kommune") for (const at of open) add(index.municipalities[index.municipality[at]]);
      else if (name === "by") for (const at of open) add(index.towns[index.town[at]]);
      else if (name === "fokus") for (const at of open) for (const area of index.area[at]) add(index.areas[area]);
      else {
        for (const value of values) {
          const test = name === "dag" ? this.when(value, this.choices.get("tid"))
            : name === "tid" ? this.when(this.choices.get("dag"), value)
            : this.marked(name, value);
          own[value] = open.filter(test).length;
        }
      }
    }
    return counts;
  }
}

const equals = (column, value) => (at) => column[at] === value;
