// iCalendar in the browser: one time of a series by itself, and several calendars as one.

const folded = /\r?\n[ \t]/g;
export const lines = (text) => text.replace(folded, "").split(/\r?\n/).filter(Boolean);

// The lines of a part, BEGIN and END with it.
export function parts(all, name) {
  const found = [];
  let from = -1;
  all.forEach((line, at) => {
    if (line === `BEGIN:${name}`) from = at;
    else if (line === `END:${name}` && from >= 0) {
      found.push(all.slice(from, at + 1));
      from = -1;
    }
  });
  return found;
}

// 75 bytes at most in a line (RFC 5545, 3.1).
function fold(line) {
  const out = [];
  let part = "", bytes = 0;
  for (const sign of line) {
    const size = new TextEncoder().encode(sign).length;
    if (bytes + size > 75) {
      out.push(part);
      [part, bytes] = [" ", 1];
    }
    part += sign;
    bytes += size;
  }
  return [...out, part].join("\r\n");
}

const whole = (all) => `${all.map(fold).join("\r\n")}\r\n`;

function head(all, name) {
  const before = all.slice(1, all.findIndex((line, at) => at && line.startsWith("BEGIN:")));
  return ["BEGIN:VCALENDAR", ...before.filter((line) => !line.startsWith("X-WR-CALNAME")), `X-WR-CALNAME:${name}`, ...(parts(all, "VTIMEZONE")[0] ?? [])];
}

// Several calendars as one, under a name.
export function merged(texts, name) {
  const every = texts.map(lines);
  return whole([...head(every[0], name), ...every.flatMap((all) => parts(all, "VEVENT").flat()), "END:VCALENDAR"]);
}

// The same calendar without some of its parts: events, tasks and notes.
export function without(text, gone) {
  const left = [];
  let event = [];
  for (const line of lines(text)) {
    const inside = event.length || /^BEGIN:(VEVENT|VTODO|VJOURNAL|VFREEBUSY)$/.test(line);
    (inside ? event : left).push(line);
    if (inside && line === event[0].replace("BEGIN", "END")) {
      if (!gone(event)) left.push(...event);
      event = [];
    }
  }
  return whole(left);
}

const stamp = (iso) => iso.slice(0, 16).replace(/[-:]/g, "").concat("00");

// One time by itself. start, end: as clocks in Denmark show them, ISO 8601; end may be missing.
export function single(text, start, end) {
  const all = lines(text);
  const events = parts(all, "VEVENT");
  const begins = `DTSTART;TZID=Europe/Copenhagen:${stamp(start)}`;
  const clock = stamp(start).slice(8);
  // The event that is that very time, or the series that holds it.
  const event = events.find((one) => one.includes(begins)) ?? events.find((one) => one.some((line) => line.startsWith("DTSTART") && line.endsWith(clock))) ?? events[0];
  const dropped = /^(RRULE|EXDATE|RDATE|RECURRENCE-ID|DTSTART|DTEND|DURATION|UID)[;:]/;
  const kept = event.slice(1, -1).filter((line) => !dropped.test(line));
  const uid = event.find((line) => line.startsWith("UID:")).slice(4);
  const times = [begins, ...(end ? [`DTEND;TZID=Europe/Copenhagen:${stamp(end)}`] : [])];
  const name = event.find((line) => line.startsWith("SUMMARY:"))?.slice(8) ?? "";
  return whole([...head(all, name), "BEGIN:VEVENT", `UID:${stamp(start)}-${uid}`, ...times, ...kept, "END:VEVENT", "END:VCALENDAR"]);
}

// Hand a text to the reader as a file.
export function offer(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
