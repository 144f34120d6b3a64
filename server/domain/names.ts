/** Names that people see and that fit into a URL. */
import { z } from 'zod';
import { createRandom } from './random.ts';

export const MAX_NAME_LENGTH = 64;
const URL_NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;

/** Small letters, digits, hyphens, dots and underscores; begins and ends with a letter or a digit. */
export const urlNameSchema = z
  .string()
  .min(1, 'Give a name.')
  .max(MAX_NAME_LENGTH, `A name has at most ${MAX_NAME_LENGTH} characters.`)
  .regex(URL_NAME, 'Use small letters, digits, hyphens, dots and underscores; begin and end with a letter or a digit.');

/** Whether a text is such a name. */
export function isUrlName(text: string): boolean {
  return urlNameSchema.safeParse(text).success;
}

/** The nearest such name to any text: accents dropped, everything else to hyphens; `fallback` when nothing is left. */
export function toUrlName(text: string, fallback = 'unnamed'): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const name = plain
    .replace(/[^a-z0-9._]+/g, '-')
    .slice(0, MAX_NAME_LENGTH)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return name === '' ? fallback : name;
}

const ADJECTIVES =
  'able amber ample azure bold brave brief bright brisk calm clear clever cool copper coral crisp curious deep eager early even fair fast fine firm fleet fresh gentle glad golden grand green happy hazel honest humble ivory jolly keen kind lively lucid lucky mellow merry mild modest neat nimble noble olive patient plain proud quick quiet rapid ready rosy round sharp silent silver simple sleek smart smooth snowy solid spry stable steady still strong sunny sure swift tidy true upbeat vivid warm wise witty young zesty';
const NOUNS =
  'acorn anchor arch aspen badger bay beacon birch bison bloom bridge brook canyon cedar cliff cloud comet coral crane creek curlew dawn delta dune eagle elm ember falcon fern field finch fjord forest fox garden glade grove harbor hare hawk hazel heron hill ibis iris island jay juniper lagoon lake lark laurel leaf linden lynx maple marsh meadow mesa moon moss oak orchid osprey otter owl panda peak pebble pine plover pond poplar prairie quail quartz rain raven reef ridge river robin sage shore sky spruce star stone stream summit swan tern thistle tide trail tulip valley wave willow wren';

/** A name for a run, adjective and noun, the same for the same seed; a number is added by the caller where it is taken. */
export function runName(seed: number | string): string {
  const random = createRandom(seed);
  const pick = (words: string) => {
    const list = words.split(' ');
    return list[random.int(list.length)] ?? '';
  };
  return `${pick(ADJECTIVES)}-${pick(NOUNS)}`;
}
