import Markdown from 'react-markdown';
import s from './labeling.module.css';

/** A guideline's Markdown. HTML in it is shown as text, pictures are left out, links open in a window of their own. */
export function Guideline({ text }: { text: string }) {
  if (text.trim() === '') return <p className="ink-3">No guideline has been written yet.</p>;
  return (
    <div className={s.guideline}>
      <Markdown
        disallowedElements={['img']}
        components={{
          h1: ({ children }) => <h3>{children}</h3>,
          h2: ({ children }) => <h3>{children}</h3>,
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
