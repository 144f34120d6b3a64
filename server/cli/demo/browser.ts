import type { TRPCClient } from '@trpc/client';
import { createTRPCClient, httpLink } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '#server/trpc/root.ts';

export type Procedures = TRPCClient<AppRouter>;

/** A person's signed-in session over HTTP, as a browser would hold it: cookies and nothing else. */
export class Browser {
  readonly origin: string;
  readonly trpc: Procedures;
  #cookies = new Map<string, string>();

  constructor(origin: string) {
    this.origin = origin;
    this.trpc = createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${origin}/api/trpc`,
          transformer: superjson,
          fetch: (input, init) => this.fetch(String(input), init as RequestInit),
        }),
      ],
    });
  }

  /** A request with this person's cookies; takes over those that the answer sets. Retries while the server restarts. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('origin', this.origin);
    const response = await fetch(new URL(path, this.origin), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      if (name) this.#cookies.set(name, value ?? '');
    }
    return response;
  }

  /**
   * Signs in by the same form that people use.
   * @throws Error when the console refuses
   */
  async signIn(email: string, password: string): Promise<void> {
    const { csrfToken } = (await (await this.fetch('/api/auth/csrf')).json()) as { csrfToken: string };
    const response = await this.fetch('/api/auth/callback/credentials', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrfToken, email, password, json: 'true' }),
    });
    const { url } = (await response.json()) as { url?: string };
    if (!response.ok || url?.includes('error='))
      throw new Error(`The console refused the sign-in of ${email} (${response.status}).`);
  }
}
