/** Inputs that come of a change, each with the words that say what was done. */
import type { Random } from '../random.ts';
import type { Change } from './changes.ts';
import { changeCase, exchange, punctuation, typos, whitespace } from './perturb.ts';
import type { Instance, TestedModel } from './test.schema.ts';

export type Variant = { what: string; input: Instance };

/** At most so many inputs of one row. */
export const MOST_VARIANTS = 40;

/** Each change by itself, as an invariance test wants it; what comes out as it was is left out. */
export function applyEach(
  base: Instance,
  changes: readonly Change[],
  o: { fields: TestedModel['fields']; random: Random },
): Variant[] {
  return changes.flatMap((change) => applyChange(base, change, o)).slice(0, MOST_VARIANTS);
}

/** All changes one after another, as a directional test wants them; several where a change gives several. */
export function applyAll(
  base: Instance,
  changes: readonly Change[],
  o: { fields: TestedModel['fields']; random: Random },
): Variant[] {
  let variants: Variant[] = [{ what: '', input: base }];
  for (const change of changes) {
    variants = variants
      .flatMap((variant) => {
        const next = applyChange(variant.input, change, o);
        return next.map(({ what, input }) => ({ what: variant.what === '' ? what : `${variant.what}; ${what}`, input }));
      })
      .slice(0, MOST_VARIANTS);
  }
  return variants.filter((variant) => variant.what !== '');
}

function applyChange(base: Instance, change: Change, o: { fields: TestedModel['fields']; random: Random }): Variant[] {
  if (change.kind === 'set' || change.kind === 'add' || change.kind === 'missing') return setField(base, change, o.fields);
  const withCategories = change.kind === 'swap' || change.kind === 'synonyms' || change.kind === 'replace';
  const wanted = o.fields.filter(
    ({ name, kind }) => change.fields?.includes(name) ?? (kind === 'text' || (withCategories && kind === 'category')),
  );
  const texts = wanted.flatMap(({ name }) =>
    typeof base[name] === 'string' && base[name] !== '' ? [[name, base[name]] as const] : [],
  );
  const all = (what: string, make: (text: string) => string): Variant[] => {
    const changed = texts.map(([name, text]) => [name, make(text)] as const);
    if (changed.every(([name, text]) => base[name] === text)) return [];
    return [{ what, input: { ...base, ...Object.fromEntries(changed) } }];
  };
  switch (change.kind) {
    case 'typos':
      return Array.from({ length: change.times }, () =>
        all(`typing errors in ${Math.round(change.share * 1000) / 10} % of the letters`, (text) =>
          typos(text, change.share, o.random),
        ),
      ).flat();
    case 'case':
      return all(`${change.form} case`, (text) => changeCase(text, change.form, o.random));
    case 'punctuation':
      return ['no sign at the end', 'a full stop at the end', 'no punctuation'].flatMap((what, index) =>
        all(what, (text) => punctuation(text)[index] ?? text),
      );
    case 'whitespace':
      return all('other white space', (text) => whitespace(text, o.random));
    case 'append':
      return change.texts.flatMap((added) =>
        all(`“${added}” after it`, (text) => `${text}${/\s$/.test(text) ? '' : ' '}${added}`),
      );
    case 'prepend':
      return change.texts.flatMap((added) => all(`“${added}” before it`, (text) => `${added} ${text}`));
    case 'replace':
      return all(`“${change.from}” became “${change.to}”`, (text) => text.replaceAll(change.from, change.to));
    case 'synonyms':
    case 'swap':
      return texts.flatMap(([name, text]) =>
        exchange(text, change.words, { exact: change.kind === 'swap' }).map(({ from, to, text: changed }) => ({
          what: `“${from}” became “${to}”`,
          input: { ...base, [name]: changed },
        })),
      );
  }
}

function setField(
  base: Instance,
  change: Change & { kind: 'set' | 'add' | 'missing' },
  fields: TestedModel['fields'],
): Variant[] {
  const name = change.fields?.[0] ?? '';
  const old = base[name] ?? null;
  if (change.kind === 'missing') return old === null ? [] : [{ what: `${name} is missing`, input: { ...base, [name]: null } }];
  if (change.kind === 'add') {
    if (old === null || !Number.isFinite(Number(old))) return [];
    const value = Number(old) + change.by;
    return [{ what: `${name} ${change.by < 0 ? '−' : '+'} ${Math.abs(change.by)}`, input: { ...base, [name]: value } }];
  }
  const number = fields.some((field) => field.name === name && field.kind === 'number');
  const value = number ? Number(change.value) : change.value;
  if (number && (change.value.trim() === '' || !Number.isFinite(value))) return [];
  return value === old ? [] : [{ what: `${name} is ${change.value}`, input: { ...base, [name]: value } }];
}
