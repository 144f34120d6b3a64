import type { AuthOptions, User } from 'next-auth';
import type { OAuthConfig, UserinfoEndpointHandler } from 'next-auth/providers/oauth';
import { isHttps, sessionCookieName } from '#server/auth/cookies.ts';
import { findRecognised, recognise } from '#server/auth/oidc.ts';
import { findSession, SESSION_SECONDS, sessionSecret } from '#server/auth/session.ts';
import { revokeSession } from '#server/auth/sessions.ts';
import type { Caller } from '#server/auth/sign-in.ts';
import { checkPassword, startSession } from '#server/auth/sign-in.ts';
import { config } from '#server/config.ts';
import { log } from '#server/log.ts';
import { db } from '#server/platform/db/client.ts';

const authLog = log.child({ part: 'auth' });

type OidcProfile = { sub: string; email?: string; email_verified?: boolean | string; name?: string; preferred_username?: string };

/**
 * next-auth's settings for one request. The cookie holds only a session's id; the session itself is a row, looked up
 * at every use. Refusals reach the sign-in page as a code (`components/auth` has the words).
 */
export function authOptions(caller: Caller): AuthOptions {
  return {
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    useSecureCookies: isHttps(),
    cookies: {
      sessionToken: { name: sessionCookieName(), options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() } },
    },
    logger: {
      error: (code, metadata) => authLog.error({ code, err: 'error' in metadata ? metadata.error : metadata }, 'sign-in failed'),
      warn: (code) => authLog.debug({ code }, 'next-auth warns'),
      debug: (code) => authLog.trace({ code }, 'next-auth'),
    },
    providers: [passwordProvider(caller), ...(config.oidc ? [oidcProvider(config.oidc)] : [])],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.type !== 'oauth') return true;
        const claims = profile as OidcProfile;
        const person = await recognise({
          sub: claims.sub,
          email: claims.email,
          emailVerified: claims.email_verified === true || claims.email_verified === 'true',
          name: claims.name ?? claims.preferred_username,
        });
        return typeof person === 'string' ? `/sign-in?error=${person}` : true;
      },
      async jwt({ token, user, account }) {
        if (user && account) {
          const person =
            account.type === 'oauth'
              ? await findRecognised(db, account.providerAccountId)
              : { id: user.id, name: user.name ?? '' };
          return { sid: await startSession(person, caller, account.provider) };
        }
        const live = typeof token.sid === 'string' && (await findSession(token.sid));
        return live ? { sid: token.sid } : {};
      },
      async session({ session, token }) {
        const live = typeof token.sid === 'string' ? await findSession(token.sid) : null;
        return { expires: session.expires, ...(live ? { user: { name: live.actor.name, email: live.email } } : {}) };
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await revokeSession(token.sid);
      },
    },
  };
}

/** Many providers put the e-mail into the answer of their userinfo endpoint only, some into the ID token only. */
const readClaims: UserinfoEndpointHandler['request'] = async ({ client, tokens }) => {
  // The token's signature, issuer, audience and nonce were checked by openid-client before this runs.
  const payload = tokens.id_token?.split('.')[1] ?? '';
  const inToken = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as OidcProfile;
  if (!client.issuer.metadata.userinfo_endpoint || !tokens.access_token) return inToken;
  const answer = await client.userinfo<OidcProfile>(tokens.access_token);
  if (answer.sub !== inToken.sub) throw new Error('The identity provider answered for another person.');
  return { ...inToken, ...answer };
};

function passwordProvider(caller: Caller): AuthOptions['providers'][number] {
  return {
    id: 'credentials',
    name: 'Password',
    type: 'credentials',
    credentials: { email: { label: 'E-mail', type: 'email' }, password: { label: 'Password', type: 'password' } },
    async authorize(credentials): Promise<User> {
      const { email, password } = credentials ?? {};
      if (!email || !password) throw new Error('missing');
      const result = await checkPassword({ email, password, address: caller.address }).catch((error: unknown) => {
        authLog.error({ err: error }, 'sign-in could not be judged');
        throw new Error('unavailable');
      });
      if (result.ok) return { id: result.user.id, name: result.user.name, email: result.user.email };
      authLog.info({ reason: result.reason, address: caller.address }, 'sign-in refused');
      throw new Error(result.reason === 'limited' ? `limited:${result.retryAfterSeconds}` : result.reason);
    },
  };
}

function oidcProvider(oidc: NonNullable<typeof config.oidc>): OAuthConfig<OidcProfile> {
  return {
    id: 'oidc',
    name: oidc.name,
    type: 'oauth',
    wellKnown: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    userinfo: { request: readClaims },
    profile: (claims) => ({ id: claims.sub, name: claims.name ?? null, email: claims.email ?? null }),
  };
}
