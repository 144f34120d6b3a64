/** Names after an @ in a text: who is meant, by the names of those who could be. */

export type Mention = { from: number; to: number; id: string; name: string };

/**
 * The mentions in a text, in their order. A name counts when it stands whole after an @ that begins a word; of two
 * names that both fit, the longer one is meant. Case doesn't matter.
 * @param people who could be meant; of two with the same name, the first
 */
export function mentionsIn(text: string, people: readonly { id: string; name: string }[]): Mention[] {
  const longestFirst = people.filter((person) => person.name !== '').sort((a, b) => b.name.length - a.name.length);
  const found: Mention[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at > 0 && isWord(text.charAt(at - 1))) continue;
    const person = longestFirst.find(({ name }) => {
      const end = at + 1 + name.length;
      return text.slice(at + 1, end).toLowerCase() === name.toLowerCase() && !isWord(text.charAt(end));
    });
    if (person) found.push({ from: at, to: at + 1 + person.name.length, id: person.id, name: person.name });
  }
  return found;
}

/** What is being typed after the last @ before the caret; null when no name is being typed there. */
export function mentionBefore(text: string, caret: number): { from: number; typed: string } | null {
  const at = text.lastIndexOf('@', caret - 1);
  if (at < 0 || (at > 0 && isWord(text.charAt(at - 1)))) return null;
  const typed = text.slice(at + 1, caret);
  return /\n/.test(typed) || typed.length > 40 ? null : { from: at, typed };
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}_]/u.test(character);
}
