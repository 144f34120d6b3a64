import { config } from '#server/config.ts';

/** True when people reach the console by HTTPS: by our own certificate, or through a proxy that adds it. */
export function isHttps(): boolean {
  return config.publicUrl ? config.publicUrl.startsWith('https:') : config.tls !== undefined;
}

/** The session cookie's name; browsers accept the `__Secure-` prefix only on cookies sent by HTTPS. */
export function sessionCookieName(secure: boolean = isHttps()): string {
  return secure ? '__Secure-stagecraft.session' : 'stagecraft.session';
}

/** One cookie of a `Cookie` header, or null. */
export function readCookie(header: string | null, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return decodeSafely(part.slice(at + 1).trim());
  }
  return null;
}

function decodeSafely(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
