import type { QueryToken } from '#components/ui/query-field.tsx';

/** The filter line in the colours of a search: keys, operators and values of conditions, the rest plain. */
export function filterTokens(text: string): QueryToken[] {
  return text.split(/(\s+)/).flatMap((word): QueryToken[] => {
    const [, key, operator, value] = /^([^<>=!\s]+)(!=|>=|<=|=|>|<)(.*)$/.exec(word) ?? [];
    if (!key || !operator) return word === '' ? [] : [{ text: word, kind: 'plain' }];
    return [
      { text: key, kind: 'key' },
      { text: operator, kind: 'op' },
      { text: value ?? '', kind: 'value' },
    ];
  });
}
