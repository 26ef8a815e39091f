// numpy's RandomState, number for number: the same seed gives the same start as in symbreak.

const N = 624, M = 397;

/** Mersenne Twister MT19937 with numpy's integer seeding, its uniform and its polar normal draws. */
export class RandomState {
  constructor(seed) {
    this.key = new Uint32Array(N);
    let s = seed >>> 0;
    for (let i = 0; i < N; i++) {
      this.key[i] = s;
      s = (Math.imul(1812433253, s ^ (s >>> 30)) + i + 1) >>> 0;
    }
    this.at = N;
    this.kept = null; // the second normal number of a pair
  }

  uint32() {
    if (this.at === N) this.#twist();
    let y = this.key[this.at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #twist() {
    const key = this.key;
    for (let i = 0; i < N; i++) {
      const y = (key[i] & 0x80000000) | (key[(i + 1) % N] & 0x7fffffff);
      key[i] = key[(i + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.at = 0;
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform() {
    const high = this.uint32() >>> 5, low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** One standard normal number. */
  normal() {
    if (this.kept !== null) {
      const kept = this.kept;
      this.kept = null;
      return kept;
    }
    let x, y, r;
    do {
      x = 2 * this.uniform() - 1;
      y = 2 * this.uniform() - 1;
      r = x * x + y * y;
    } while (r >= 1 || r === 0);
    const f = Math.sqrt((-2 * Math.log(r)) / r);
    this.kept = f * x;
    return f * y;
  }

  randn(n) {
    return Float64Array.from({ length: n }, () => this.normal());
  }

  /** Fisher and Yates, from the end, with rejected draws as numpy rejects them. */
  shuffle(list) {
    for (let i = list.length - 1; i > 0; i--) {
      const mask = 2 ** (32 - Math.clz32(i)) - 1;
      let j;
      do j = (this.uint32() & mask) >>> 0; while (j > i);
      [list[i], list[j]] = [list[j], list[i]];
    }
  }
}
