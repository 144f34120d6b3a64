'use client';
import s from './behaviour.module.css';

/** How expectations and changes are written. */
export function NotationHelp({ classes }: { classes: readonly string[] | null }) {
  const name = classes?.at(-1) ?? null;
  const expected: [string, string][] =
    name === null
      ? [
          ['10..14', 'the value lies between'],
          ['>= 3', 'it is 3 at least'],
          ['up 2', 'the change raises it by 2'],
          ['within 0.5', 'the changes move it by no more'],
        ]
      : [
          [name, 'it must say this'],
          [`not ${name}`, 'it must say anything else'],
          [`${name} >= 0.9`, 'and be so sure'],
          [`${name} up 0.1`, 'the change raises its score'],
          ['within 0.1', 'the score moves by no more'],
        ];
  const changes: [string, string][] = [
    ['typos 5% x3', 'typing errors, drawn three times'],
    ['upper; lower', 'several changes, one after another'],
    ['synonyms good | fine', 'a word for another'],
    ['swap Anna | Bob', 'a name for another'],
    ['append "Thank you."', 'neutral words after it'],
    ['punctuation; whitespace', 'other signs and blanks'],
    ['replace "a" -> "b"', 'these letters for those'],
    ['set field = value', 'another value of a field'],
    ['add field 10', 'a larger figure'],
    ['missing field', 'the field is empty'],
  ];
  return (
    <details>
      <summary className="caption">How to write “expected” and “changes”</summary>
      <List title="Expected" items={expected} />
      <List title="Changes" items={changes} />
      <p className="caption">
        Enter goes down and adds a row at the end. Rows copied from a spreadsheet can be pasted from any cell on.
      </p>
    </details>
  );
}

function List({ title, items }: { title: string; items: [string, string][] }) {
  return (
    <>
      <h3 className="caption">{title}</h3>
      <dl className={s.help}>
        {items.map(([code, words]) => (
          <div key={code} style={{ display: 'contents' }}>
            <dt>{code}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
