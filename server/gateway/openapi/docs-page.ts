import type { OpenApiDocument, Operation } from './document.ts';

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;margin:0 auto;max-width:960px;padding:24px;color-scheme:light dark}
h1{font-size:24px}h2{font-size:18px;margin-top:40px}details{border-top:1px solid #8884;padding:8px 0}
summary{cursor:pointer}code,pre{font:12px/1.5 ui-monospace,monospace}pre{overflow:auto;padding:12px;background:#8881}
.m{display:inline-block;width:56px;font-weight:600}th{text-align:left;font-weight:400;padding-right:16px}`;

/** The document as one page of plain HTML: no script, nothing from elsewhere. */
export function docsPage(document: OpenApiDocument): string {
  const all = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(all.map(({ operation }) => operation.tags[0] ?? ''))].sort();
  const parts = tags.map(
    (tag) =>
      `<h2>${html(tag)}</h2>${all
        .filter(({ operation }) => operation.tags[0] === tag)
        .map(one)
        .join('')}`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stagecraft: the API</title><meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body><h1>Stagecraft ${html(document.info.version)}: what programs may do</h1><p>${html(document.info.description)}</p><p><a href="/v1/openapi.json">The same as OpenAPI 3.1</a></p>${parts.join('')}</body></html>`;
}

function one({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const parameters = operation.parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><th><code>${html(name)}</code></th><td>${place}${required ? ', required' : ''}</td><td><code>${html(JSON.stringify(schema))}</code></td></tr>`,
  );
  const body = operation.requestBody?.content['application/json']?.schema;
  const [status, success] = Object.entries(operation.responses)[0] ?? [];
  const answered = success?.content?.['application/json']?.schema;
  return `<details><summary><code><span class="m">${method.toUpperCase()}</span>${html(path)}</code> ${html(operation.summary)}</summary><p>${html(operation.description ?? '')}</p>${
    parameters.length ? `<table>${parameters.join('')}</table>` : ''
  }${body ? `<p>Body</p>${code(body)}` : ''}${answered ? `<p>Answer (${status})</p>${code(answered)}` : ''}</details>`;
}

function code(value: unknown): string {
  return `<pre tabindex="0">${html(JSON.stringify(value, null, 2))}</pre>`;
}

function html(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
