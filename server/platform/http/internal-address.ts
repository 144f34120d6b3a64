import { BlockList, isIP } from 'node:net';

/** Addresses that aren't of the public internet: IANA's special-purpose registries (RFC 6890, RFC 8190), multicast included. */
const INTERNAL_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Of IPv6 only 2000::/3 is given out; in it these are not ordinary hosts (Teredo and 6to4 carry IPv4 addresses inside). */
const INTERNAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const v4 = listOf(INTERNAL_V4, 'ipv4');
const v6 = listOf(INTERNAL_V6, 'ipv6');
const global6 = listOf(['2000::/3'], 'ipv6');

/** True for an address that only this host or its network reaches, or that is no address of one host at all. */
export function isInternalAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return v4.check(address, 'ipv4');
  if (family === 6) return !global6.check(address, 'ipv6') || v6.check(address, 'ipv6');
  return true;
}

function listOf(subnets: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net, bits] = subnet.split('/');
    list.addSubnet(net ?? '', Number(bits), family);
  }
  return list;
}
