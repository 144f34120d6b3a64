import { DomainError } from '#server/errors.ts';

/**
 * What can be said of an address before anything is sent; where its name leads is looked at with each try.
 * @param isInternal whether a numeric address lies inside our own network
 * @throws DomainError INVALID
 */
export function assertGoodAddress(text: string, o: { allowInternal: boolean; isInternal: (host: string) => boolean }): void {
  const url = new URL(text);
  if (url.username || url.password) {
    throw new DomainError(
      'INVALID',
      'Leave user and password out of the address: each delivery is signed with the secret instead.',
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!o.allowInternal && (/^(localhost|.*\.localhost|.*\.local|.*\.internal)$/i.test(host) || o.isInternal(host))) {
    throw new DomainError(
      'INVALID',
      `${url.hostname} lies inside our own network, where webhooks are not sent. Whoever runs this installation can allow it with STAGECRAFT_WEBHOOKS_INTERNAL=1.`,
    );
  }
}
