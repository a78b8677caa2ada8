// A text as a QR code (ISO/IEC 18004): bytes, level L, as small as it can be. There is no package of
// one for a site that is built without Node (decision 0024); the tests compare with segno's.

const MOST = 40; // the largest version
// Level L: check bytes in a block, and blocks, for each version.
const CHECKS = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25];
const MASKS = [
  (x, y) => (x + y) % 2, (_, y) => y % 2, (x) => x % 3, (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2, (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

// Modules of a version that are left for data and checks, in bits.
function room(version) {
  const marks = version > 1 ? Math.floor(version / 7) + 2 : 0;
  let bits = (16 * version + 128) * version + 64;
  if (marks) bits -= (25 * marks - 10) * marks - 55;
  return version > 6 ? bits - 36 : bits;
}

// --- the bytes and their checks: Reed and Solomon's code over GF(256) -----------------------------

function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((b >>> bit) & 1) * a);
  return product;
}

function divisor(degree) {
  const found = Array(degree).fill(0);
  found[degree - 1] = 1;
  for (let at = 0, root = 1; at < degree; at++, root = times(root, 2)) {
    for (let place = 0; place < degree; place++) found[place] = times(found[place], root) ^ (found[place + 1] ?? 0);
  }
  return found;
}

function checks(data, by) {
  const rest = Array(by.length).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    for (let at = 0; at < by.length; at++) rest[at] ^= times(by[at], factor);
  }
  return rest;
}

function codewords(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const head = (version) => (version < 10 ? 12 : 20);
  const holds = (version) => (room(version) >> 3) - CHECKS[version - 1] * BLOCKS[version - 1];
  let version = 1;
  while (version <= MOST && holds(version) * 8 < head(version) + bytes.length * 8) version++;
  if (version > MOST) return null;
  const bits = [];
  const put = (value, length) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >>> bit) & 1);
  };
  put(4, 4);
  put(bytes.length, head(version) - 4);
  for (const byte of bytes) put(byte, 8);
  const whole = holds(version) * 8;
  put(0, Math.min(4, whole - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < whole; pad ^= 0xec ^ 0x11) put(pad, 8);
  const data = Array.from({ length: whole / 8 }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8).join(""), 2));
  const [count, length] = [BLOCKS[version - 1], CHECKS[version - 1]];
  const short = Math.floor(data.length / count);
  const longer = count - (data.length % count);
  const by = divisor(length);
  const blocks = [];
  for (let block = 0, from = 0; block < count; block++) {
    const to = from + short + (block >= longer ? 1 : 0);
    blocks.push(data.slice(from, to));
    from = to;
  }
  const ends = blocks.map((block) => checks(block, by));
  const laid = [];
  for (let at = 0; at <= short; at++) for (const block of blocks) if (at < block.length) laid.push(block[at]);
  for (let at = 0; at < length; at++) for (const end of ends) laid.push(end[at]);
  return { version, laid };
}

// --- the picture ---------------------------------------------------------------------------------

class Picture {
  constructor(version) {
    this.version = version;
    this.size = version * 4 + 17;
    this.dark = Array.from({ length: this.size }, () => Array(this.size).fill(0));
    this.fixed = Array.from({ length: this.size }, () => Array(this.size).fill(false));
    this.frame();
  }

  set(x, y, dark) {
    this.dark[y][x] = dark ? 1 : 0;
    this.fixed[y][x] = true;
  }

  frame() {
    const { size, version } = this;
    for (let at = 0; at < size; at++) {
      this.set(6, at, at % 2 === 0);
      this.set(at, 6, at % 2 === 0);
    }
    for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
      for (let dy = -4; dy <= 4; dy++) {
        for (let dx = -4; dx <= 4; dx++) {
          const [x, y, far] = [cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy))];
          if (x >= 0 && y >= 0 && x < size && y < size) this.set(x, y, far !== 2 && far !== 4);
        }
      }
    }
    const marks = this.marks();
    const last = marks.length - 1;
    for (let nth = 0; nth < marks.length; nth++) {
      for (let at = 0; at < marks.length; at++) {
        if ((nth === 0 && at === 0) || (nth === 0 && at === last) || (nth === last && at === 0)) continue;
        for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) this.set(marks[nth] + dx, marks[at] + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
      }
    }
    this.format(0);
    if (version < 7) return;
    let rest = version;
    for (let at = 0; at < 12; at++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (version << 12) | rest;
    for (let at = 0; at < 18; at++) {
      const [a, b] = [size - 11 + (at % 3), Math.floor(at / 3)];
      this.set(a, b, (bits >>> at) & 1);
      this.set(b, a, (bits >>> at) & 1);
    }
  }

  marks() {
    if (this.version === 1) return [];
    const count = Math.floor(this.version / 7) + 2;
    const step = this.version === 32 ? 26 : Math.ceil((this.version * 4 + 4) / (count * 2 - 2)) * 2;
    const places = [6];
    for (let at = this.size - 7; places.length < count; at -= step) places.splice(1, 0, at);
    return places;
  }

  format(mask) {
    const data = (1 << 3) | mask; // level L
    let rest = data;
    for (let at = 0; at < 10; at++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
    const bits = ((data << 10) | rest) ^ 0x5412;
    const bit = (at) => (bits >>> at) & 1;
    for (let at = 0; at <= 5; at++) this.set(8, at, bit(at));
    this.set(8, 7, bit(6));
    this.set(8, 8, bit(7));
    this.set(7, 8, bit(8));
    for (let at = 9; at < 15; at++) this.set(14 - at, 8, bit(at));
    for (let at = 0; at < 8; at++) this.set(this.size - 1 - at, 8, bit(at));
    for (let at = 8; at < 15; at++) this.set(8, this.size - 15 + at, bit(at));
    this.set(8, this.size - 8, 1);
  }

  lay(words) {
    let at = 0;
    for (let right = this.size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.size; step++) {
        for (const x of [right, right - 1]) {
          const y = (right + 1) & 2 ? step : this.size - 1 - step;
          if (this.fixed[y][x] || at >= words.length * 8) continue;
          this.dark[y][x] = (words[at >>> 3] >>> (7 - (at & 7))) & 1;
          at++;
        }
      }
    }
  }

  flip(mask) {
    for (let y = 0; y < this.size; y++) {
      for (let x = 0; x < this.size; x++) if (!this.fixed[y][x] && MASKS[mask](x, y) === 0) this.dark[y][x] ^= 1;
    }
  }

  // How hard it is to read: long runs, squares, what looks like a corner, and too much of one colour.
  burden() {
    let sum = 0, dark = 0;
    const { size } = this;
    const lines = [...this.dark, ...Array.from({ length: size }, (_, x) => this.dark.map((row) => row[x]))];
    for (const line of lines) {
      for (const run of line.join("").match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
      const text = line.join("");
      for (let at = 0; at + 11 <= size; at++) if (["10111010000", "00001011101"].includes(text.slice(at, at + 11))) sum += 40;
    }
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        dark += this.dark[y][x];
        if (x + 1 < size && y + 1 < size) {
          const four = this.dark[y][x] + this.dark[y][x + 1] + this.dark[y + 1][x] + this.dark[y + 1][x + 1];
          if (four % 4 === 0) sum += 3;
        }
      }
    }
    return sum + 10 * Math.floor(Math.abs((dark * 100) / (size * size) - 50) / 5);
  }
}

// Rows of 0 and 1, or null if the text is too long. mask: only for comparison.
export function modules(text, mask) {
  const made = codewords(text);
  if (!made) return null;
  const picture = new Picture(made.version);
  picture.lay(made.laid);
  let best = mask ?? 0;
  if (mask === undefined) {
    let least = Infinity;
    for (let at = 0; at < MASKS.length; at++) {
      picture.flip(at);
      picture.format(at);
      const burden = picture.burden();
      if (burden < least) [least, best] = [burden, at];
      picture.flip(at);
    }
  }
  picture.flip(best);
  picture.format(best);
  return picture.dark;
}

// The code as an SVG element, with what it leads to as its alternative; null if it is too long.
export function code(text, told) {
  const rows = modules(text);
  if (!rows) return null;
  const size = rows.length + 4;
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + 2} ${y + 2}h1v1h-1z`] : []))).join("");
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": told, class: "qr", "shape-rendering": "crispEdges" })) svg.setAttribute(name, value);
  const drawn = document.createElementNS(space, "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}
