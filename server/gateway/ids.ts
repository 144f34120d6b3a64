import { randomFillSync } from 'node:crypto';

const POOL = Buffer.alloc(16 * 256);
let used = POOL.length;
const HEX = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

let last = 0;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562): 48 bits of milliseconds, 12 that count within one of them, 62 random bits. Ids of one
 * process sort in the order in which they were made (up to 4,096 a millisecond).
 */
export function uuid7(now: number): string {
  counter = now === last ? (counter + 1) & 0xfff : 0;
  last = now;
  if (used >= POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  const at = used;
  used += 16;
  POOL.writeUIntBE(now, at, 6);
  POOL[at + 6] = 0x70 | (counter >> 8);
  POOL[at + 7] = counter & 0xff;
  POOL[at + 8] = ((POOL[at + 8] ?? 0) & 0x3f) | 0x80;
  let text = '';
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += HEX[POOL[at + i] ?? 0];
  }
  return text;
}

let lastMs = Number.NaN;
let lastIso = '';

/** A time as ISO 8601 in UTC; made once a millisecond. */
export function isoTime(now: number): string {
  if (now !== lastMs) {
    lastMs = now;
    lastIso = new Date(now).toISOString();
  }
  return lastIso;
}

const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** A caller's own request id, when it can be one: up to 128 printable ASCII characters without spaces. */
export function asRequestId(value: unknown): string | undefined {
  return typeof value === 'string' && REQUEST_ID.test(value) ? value : undefined;
}
