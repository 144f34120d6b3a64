import type { ReactNode } from 'react';
import Markdown from 'react-markdown';
import { mentionsIn } from '#server/domain/mentions.ts';
import s from './discussion.module.css';

/**
 * A comment's Markdown. HTML in it is shown as text, pictures are left out, links open in a window of their own;
 * people of the project who are mentioned stand out.
 */
export function CommentText({ body, people }: { body: string; people: readonly { id: string; name: string }[] }) {
  const mark = (children: ReactNode) => marked(children, people);
  return (
    <div className={s.text}>
      <Markdown
        disallowedElements={['img', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr']}
        unwrapDisallowed
        components={{
          p: ({ children }) => <p>{mark(children)}</p>,
          li: ({ children }) => <li>{mark(children)}</li>,
          a: ({ href, children }) => (
            <a className="link" href={href} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
        }}
      >
        {body}
      </Markdown>
    </div>
  );
}

function marked(children: ReactNode, people: readonly { id: string; name: string }[]): ReactNode {
  if (Array.isArray(children)) return children.map((child: ReactNode) => marked(child, people));
  if (typeof children !== 'string') return children;
  const mentions = mentionsIn(children, people);
  if (mentions.length === 0) return children;
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, to } of mentions) {
    parts.push(
      children.slice(at, from),
      <strong key={from} className={s.mention}>
        {children.slice(from, to)}
      </strong>,
    );
    at = to;
  }
  return [...parts, children.slice(at)];
}
