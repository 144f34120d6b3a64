import { Textarea } from '@mantine/core';
import Markdown from 'react-markdown';
import type { CardSection } from '#server/domain/card/card.schema.ts';
import s from './cards.module.css';

type Text = CardSection['texts'][number];

/** One question of the card with what people wrote: to be read, or to be written with what comes of it beneath. */
export function CardText({ text, value, onChange }: { text: Text; value: string; onChange: ((value: string) => void) | null }) {
  return (
    <div className={s.text}>
      <h3 className={s.question}>
        {text.question}
        {text.required && value.trim() === '' && <span className="warn"> · asked for</span>}
      </h3>
      {onChange && (
        <Textarea
          aria-label={text.question}
          placeholder="Markdown"
          autosize
          minRows={3}
          maxRows={16}
          maxLength={20_000}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {value.trim() === '' ? onChange ? null : <p className="ink-3">Not written yet.</p> : <Written text={value} />}
    </div>
  );
}

/** Markdown as people read it. HTML in it is shown as text; pictures are left out; links open in a window of their own. */
function Written({ text }: { text: string }) {
  return (
    <div className={s.written}>
      <Markdown
        disallowedElements={['img']}
        components={{
          h1: ({ children }) => <h4>{children}</h4>,
          h2: ({ children }) => <h4>{children}</h4>,
          h3: ({ children }) => <h4>{children}</h4>,
          a: ({ href, children }) => (
            <a className="link" href={href} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
        }}
      >
        {text}
      </Markdown>
    </div>
  );
}
