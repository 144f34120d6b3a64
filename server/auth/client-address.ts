import { BlockList, isIP } from 'node:net';

/**
 * The address of the one who asks. What a client says of itself counts for nothing; only a trusted proxy may name
 * another: the last address in `forwarded` that isn't a trusted proxy's own.
 * @param o.remote the socket's address
 * @param o.forwarded the header X-Forwarded-For as it came
 * @param o.trusted addresses and networks of trusted proxies, parted by commas ('10.0.0.5, 192.168.0.0/16')
 */
export function clientAddress(o: { remote: string; forwarded?: string | undefined; trusted?: string | undefined }): string {
  const proxies = proxyList(o.trusted ?? '');
  let address = plain(o.remote);
  for (const hop of (o.forwarded ?? '').split(',').reverse()) {
    const next = plain(hop.trim());
    if (!trusts(proxies, address) || isIP(next) === 0) break;
    address = next;
  }
  return address;
}

function proxyList(trusted: string): BlockList {
  const list = new BlockList();
  for (const entry of trusted.split(',').map((part) => part.trim())) {
    const [address = '', bits] = entry.split('/');
    const family = familyOf(address);
    if (!family) continue;
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function trusts(proxies: BlockList, address: string): boolean {
  const family = familyOf(address);
  return family !== null && proxies.check(address, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
}

/** IPv4 as itself, also where the socket speaks IPv6. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}
