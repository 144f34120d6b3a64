/**
 * MurmurHash3_x86_32 by Austin Appleby (public domain, https://github.com/aappleby/smhasher), over UTF-8 bytes.
 * For spreading keys evenly, never for secrets.
 */
const encoder = new TextEncoder();

/** 32-bit hash of a text, 0 <= hash < 2^32. */
export function hash32(text: string, seed = 0): number {
  const bytes = encoder.encode(text);
  const blocks = bytes.length >> 2;
  let h = seed >>> 0;
  for (let i = 0; i < blocks; i += 1) {
    const at = i * 4;
    const k = byte(bytes, at) | (byte(bytes, at + 1) << 8) | (byte(bytes, at + 2) << 16) | (byte(bytes, at + 3) << 24);
    h ^= scramble(k);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  const tail = blocks * 4;
  let k = 0;
  for (let i = bytes.length - 1; i >= tail; i -= 1) k = (k << 8) | byte(bytes, i);
  h ^= scramble(k);
  return mix32(h ^ bytes.length);
}

/** A position in [0, 1) from a text: the same text always gets the same place. */
export function unitHash(text: string, seed = 0): number {
  return hash32(text, seed) / 4294967296;
}

/** The final mix of MurmurHash3: every input bit changes every output bit with probability near one half. */
export function mix32(value: number): number {
  let h = value | 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 0;
}

function scramble(value: number): number {
  const k = Math.imul(value, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

function byte(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
