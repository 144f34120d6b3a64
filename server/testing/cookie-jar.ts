/** A browser in small: keeps cookies by origin and follows redirects by hand. */
export function createJar() {
  const cookies = new Map<string, Map<string, string>>();

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    const mine = cookies.get(origin) ?? new Map<string, string>();
    cookies.set(origin, mine);
    const headers = new Headers(init.headers);
    headers.set('cookie', [...mine].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const gone = attributes.some((attribute) => /max-age=0|expires=Thu, 01 Jan 1970/i.test(attribute));
      if (gone || pair.length === at + 1) mine.delete(pair.slice(0, at));
      else mine.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  return {
    send,
    post: (url: string, form: Record<string, string>) => send(url, { method: 'POST', body: new URLSearchParams(form) }),
    /** Follows redirects until an answer that is none, or until `stop` says so. */
    async follow(url: string, stop: (url: string) => boolean = () => false): Promise<{ url: string; response: Response | null }> {
      let at = url;
      for (let hop = 0; hop < 15; hop += 1) {
        if (stop(at)) return { url: at, response: null };
        const response = await send(at);
        const next = response.headers.get('location');
        if (!next) return { url: at, response };
        at = new URL(next, at).href;
      }
      throw new Error(`Too many redirects, the last to ${at}`);
    },
    header: (origin: string) => [...(cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; '),
    get: (origin: string, name: string) => cookies.get(origin)?.get(name),
  };
}

export type Jar = ReturnType<typeof createJar>;
