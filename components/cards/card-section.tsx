import { Facts } from '#components/ui/facts.tsx';
import { Section } from '#components/ui/screen.tsx';
import { ScrollRegion } from '#components/ui/scroll-region.tsx';
import type { CardTable, CardTexts, CardSection as SectionData, TextKey } from '#server/domain/card/card.schema.ts';
import { CardText } from './card-text.tsx';
import s from './cards.module.css';

type Props = { section: SectionData; texts: CardTexts; onWrite: ((key: TextKey, value: string) => void) | null };

/** One section of a card: what Stagecraft knows, then what people wrote. */
export function CardSectionView({ section, texts, onWrite }: Props) {
  return (
    <Section title={section.title} caption={section.annex ? `Annex IV, ${section.annex}` : undefined} divided>
      {section.facts.length > 0 && (
        <Facts
          width={168}
          items={section.facts.map(({ term, value }) => ({ term, value: <span className={s.value}>{value}</span> }))}
        />
      )}
      {section.tables.map((table) => (
        <CardTableView key={table.title} table={table} />
      ))}
      {section.facts.length === 0 && section.tables.length === 0 && (
        <p className="ink-3">There is nothing on record for this yet.</p>
      )}
      {section.texts.map((text) => (
        <CardText
          key={text.key}
          text={text}
          value={texts[text.key] ?? ''}
          onChange={onWrite ? (value) => onWrite(text.key, value) : null}
        />
      ))}
    </Section>
  );
}

function CardTableView({ table }: { table: CardTable }) {
  return (
    <ScrollRegion label={table.title} maxHeight={360}>
      <table className={s.table}>
        <caption>{table.title}</caption>
        <thead>
          <tr>
            {table.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j} className="num">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
