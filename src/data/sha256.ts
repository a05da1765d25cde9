// SHA-256 (FIPS 180-4), synchronous: one asynchronous digest per row would cost
// more than the hash, and crypto.subtle is missing where a page is not served
// over https or from this machine.

/** The first 32 bits of the fractions of the cube roots of the first 64 primes. */
const K = new Int32Array(64);
/** The same of the square roots of the first 8. */
const START = new Uint32Array(8);
for (let n = 2, found = 0; found < 64; n++) {
  let prime = true;
  for (let d = 2; d * d <= n && prime; d++) prime = n % d !== 0;
  if (!prime) continue;
  if (found < 8) START[found] = ((Math.sqrt(n) % 1) * 2 ** 32) >>> 0;
  K[found++] = ((Math.cbrt(n) % 1) * 2 ** 32) | 0;
}

export class Sha256 {
  private readonly state = START.slice();
  private readonly block = new Uint8Array(64);
  private readonly words = new Int32Array(64);
  private length = 0;

  update(bytes: Uint8Array): this {
    let used = this.length % 64;
    this.length += bytes.length;
    let from = 0;
    if (used > 0) {
      const take = Math.min(64 - used, bytes.length);
      this.block.set(bytes.subarray(0, take), used);
      used += take;
      from = take;
      if (used < 64) return this;
      this.mix(this.block, 0);
    }
    for (; from + 64 <= bytes.length; from += 64) this.mix(bytes, from);
    this.block.set(bytes.subarray(from));
    return this;
  }

  /** Ends the message; the object is spent. */
  digest(): Uint8Array<ArrayBuffer> {
    const bits = this.length * 8;
    const used = this.length % 64;
    const tail = new Uint8Array(used < 56 ? 64 - used : 128 - used);
    tail[0] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(tail.length - 4, bits >>> 0);
    this.update(tail);
    const out = new Uint8Array(32);
    const outView = new DataView(out.buffer);
    this.state.forEach((word, i) => outView.setUint32(4 * i, word));
    return out;
  }

  private mix(bytes: Uint8Array, at: number): void {
    const w = this.words;
    for (let i = 0; i < 16; i++, at += 4)
      w[i] =
        (bytes[at]! << 24) |
        (bytes[at + 1]! << 16) |
        (bytes[at + 2]! << 8) |
        bytes[at + 3]!;
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 =
        ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    const s = this.state;
    let a = s[0]! | 0,
      b = s[1]! | 0,
      c = s[2]! | 0,
      d = s[3]! | 0;
    let e = s[4]! | 0,
      f = s[5]! | 0,
      g = s[6]! | 0,
      h = s[7]! | 0;
    for (let i = 0; i < 64; i++) {
      const s1 =
        ((e >>> 6) | (e << 26)) ^
        ((e >>> 11) | (e << 21)) ^
        ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
      const s0 =
        ((a >>> 2) | (a << 30)) ^
        ((a >>> 13) | (a << 19)) ^
        ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    s[0]! += a;
    s[1]! += b;
    s[2]! += c;
    s[3]! += d;
    s[4]! += e;
    s[5]! += f;
    s[6]! += g;
    s[7]! += h;
  }
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}
