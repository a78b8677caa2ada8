// A calendar file looked at in the browser before its owner sends it: what may come on the list, what
// cannot and why, what is missing. Nothing leaves the browser. The import (`importing/calendar.py`)
// judges more closely; what is said here, it says too.

import { lines, offer, parts, without } from "./calendar.js";

const box = document.querySelector("[data-calendar-file]");
const told = box.querySelector("[role=status]");
const found = box.querySelector("[data-found]");
const SHOWN = 20;
const ZONE = "Europe/Copenhagen";

// A property's value and parameters; those of alarms within the event are none of its own.
function property(event, name) {
  let inner = 0;
  for (const line of event.slice(1, -1)) {
    if (line.startsWith("BEGIN:")) inner += 1;
    else if (line.startsWith("END:")) inner -= 1;
    else if (!inner) {
      const [, found, parameters, value] = /^([\w-]+)((?:;[^:;="]+=(?:"[^"]*"|[^:;"]*))*):(.*)$/.exec(line) ?? [];
      if (found?.toUpperCase() === name) return { value, parameters: parameters.toUpperCase() };
    }
  }
  return null;
}

const text = (event, name) => (property(event, name)?.value ?? "").replace(/\\n/gi, " ").replace(/\\(.)/g, "$1").trim();

const inDenmark = (moment) => new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, dateStyle: "short", timeStyle: "short" }).format(moment);

// When it starts, as Danish clocks show it: «2026-12-03 10:00», or the day alone.
function starts(event, name = "DTSTART") {
  const start = property(event, name);
  const [, year, month, day, hour, minute, utc] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/.exec(start?.value ?? "") ?? [];
  if (!year) return "";
  const date = `${year}-${month}-${day}`;
  if (!hour) return date;
  return utc ? inDenmark(Date.UTC(year, month - 1, day, hour, minute)) : `${date} ${hour}:${minute}`;
}

const rule = (event, name) => new RegExp(`(?:^|;)${name}=([^;]+)`, "i").exec(property(event, "RRULE")?.value ?? "")?.[1].toUpperCase();

// Why an event does not come on the list; «» if it may.
function why(event, today) {
  if (!/[\p{L}\p{N}]/u.test(text(event, "SUMMARY"))) return "den har ikke noget navn";
  if (text(event, "STATUS").toUpperCase() === "CANCELLED") return "den er aflyst";
  if (isPrivate(event)) return "den er privat i jeres kalender";
  const start = starts(event);
  if (!start) return "den har ingen starttid";
  if (!start.includes(" ")) return "den varer hele dagen, så klokkeslættet mangler";
  if (!property(event, "RRULE")) return !property(event, "RDATE") && start.slice(0, 10) < today ? "den er forbi" : "";
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)/.exec(rule(event, "UNTIL") ?? "") ?? [];
  if (year && `${year}-${month}-${day}` < today) return "den er slut";
  const odd = rule(event, "FREQ") === "DAILY" && Number(rule(event, "INTERVAL") ?? 1) > 1;
  if (odd || !UNITS[rule(event, "FREQ")] || rule(event, "BYMONTHDAY")) return "den gentages på en måde, siden ikke kan vise";
  return "";
}

const isPrivate = (event) => (text(event, "CLASS") || "PUBLIC").toUpperCase() !== "PUBLIC";

// What people will miss.
function missing(event) {
  const where = text(event, "LOCATION");
  return [
    where ? "" : "stedet",
    where && !/\b\d{4}\b/.test(where) ? "postnummeret" : "",
    property(event, "DTEND") || property(event, "DURATION") ? "" : "hvornår det slutter",
    text(event, "DESCRIPTION") ? "" : "hvad det er",
  ].filter(Boolean);
}

const day = new Intl.DateTimeFormat("da-DK", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const and = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} og ${words.at(-1)}`);
const many = (number, one, more) => `${number} ${number === 1 ? one : more}`;

const upfirst = (words) => words.charAt(0).toUpperCase() + words.slice(1);

const UNITS = { DAILY: "dag", WEEKLY: "uge", MONTHLY: "måned" };
function again(event) {
  const unit = UNITS[rule(event, "FREQ")];
  const every = Number(rule(event, "INTERVAL") ?? 1);
  return unit ? `hver ${every > 1 ? `${every}. ` : ""}${unit}` : "";
}

// When it ends on its day: «12:30», or «».
function ends(event, start) {
  const end = starts(event, "DTEND");
  if (end) return end.slice(0, 10) === start.slice(0, 10) ? end.slice(11) : "";
  const [, hours = 0, minutes = 0] = /^P0?D?T?(?:0D)?T?(?:(\d+)H)?(?:(\d+)M)?/.exec(property(event, "DURATION")?.value ?? "") ?? [];
  const after = Number(start.slice(11, 13)) * 60 + Number(start.slice(14)) + Number(hours) * 60 + Number(minutes);
  const shown = `${String(Math.floor(after / 60)).padStart(2, "0")}:${String(after % 60).padStart(2, "0")}`;
  return (hours || minutes) && after < 24 * 60 ? shown : "";
}

const short = (clock) => clock.replace(":00", "").replace(":", ".").replace(/^0(?=\d)/, "");

function line(event) {
  const item = document.createElement("li");
  const start = starts(event);
  const [date, clock] = start.split(" ");
  const end = clock ? ends(event, start) : "";
  const on = clock && day.format(Date.parse(date));
  const rhythm = again(event);
  const hours = clock && `kl.\u00a0${short(clock)}${end ? `–${short(end)}` : ""}`;
  const when = clock ? `${upfirst(rhythm ? `${rhythm} fra ${on}` : on)} ${hours}` : "";
  item.append(Object.assign(document.createElement("strong"), { textContent: text(event, "SUMMARY") || "(uden navn)" }));
  return [item, [when, text(event, "LOCATION")].filter(Boolean).join(" · ")];
}

function list(heading, events, said) {
  if (!events.length) return [];
  const items = events.slice(0, SHOWN).map((event) => {
    const [item, when] = line(event);
    for (const words of [when, said(event)]) if (words) item.append(document.createElement("br"), words);
    return item;
  });
  const all = document.createElement("ul");
  all.append(...items);
  const more = events.length - SHOWN;
  const rest = more > 0 ? [Object.assign(document.createElement("p"), { className: "note", textContent: `Og ${more} til.` })] : [];
  return [Object.assign(document.createElement("h4"), { textContent: heading }), all, ...rest];
}

function look(file, content) {
  const known = lines(content).map((line) => (/^(BEGIN|END):/i.test(line) ? line.toUpperCase().trimEnd() : line));
  const every = parts(known, "VEVENT");
  const events = every.filter((event) => !property(event, "RECURRENCE-ID"));
  if (!known[0]?.includes("BEGIN:VCALENDAR") || !events.length) {
    const packed = content.startsWith("PK") ? "Den er pakket. Pak den ud, og vælg den fil, der ender på .ics." : "Gem kalenderen igen som iCalendar. Filen skal ende på .ics.";
    return say(`Der er ingen begivenheder i filen »${file.name}«. ${packed}`);
  }
  const today = inDenmark(Date.now()).slice(0, 10);
  const reasons = new Map(events.map((event) => [event, why(event, today)]));
  const taken = events.filter((event) => !reasons.get(event));
  const left = events.filter((event) => reasons.get(event));
  say(`${many(events.length, "begivenhed", "begivenheder")} i filen. ${taken.length || "Ingen af dem"} kan komme på listen.`);
  found.replaceChildren(
    ...list("Det kan komme på listen", taken, (event) => {
      const gaps = missing(event);
      return gaps.length ? `Her mangler ${and(gaps)}.` : "";
    }),
    ...list("Det kommer ikke med", left, (event) => `Det er, fordi ${reasons.get(event)}.`),
    ...(every.some(isPrivate) ? [cleaned(file, known.join("\r\n"), every)] : []),
  );
}

// Whoever sends the file would send what is private too: single times of a private series do not say
// themselves that they are, and tasks and notes are never asked for.
function cleaned(file, content, every) {
  const secret = new Set(every.filter(isPrivate).map((event) => text(event, "UID")).filter(Boolean));
  const gone = (part) => part[0] !== "BEGIN:VEVENT" || isPrivate(part) || secret.has(text(part, "UID"));
  const part = document.createElement("p");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "plain-button", textContent: "Gem filen uden det private" });
  button.addEventListener("click", () => offer(without(content, gone), file.name.replace(/(\.ics)?$/i, "-uden-privat.ics")));
  part.append("Det private står stadig i filen. Send den uden: ", button);
  return part;
}

function say(words) {
  told.textContent = words;
  found.replaceChildren();
}

box.querySelector("input").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return say("");
  if (file.size > Number(box.dataset.most)) return say("Filen er for stor. Gem en kortere periode, eller del kalenderen op.");
  look(file, await file.text());
});
box.hidden = false;
