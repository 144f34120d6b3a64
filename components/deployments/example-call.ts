export type Instance = Record<string, string | number | null>;

/** The call of a deployment in three languages, with the real address and an example from the data. */
export function exampleCalls(o: {
  gatewayUrl: string;
  deployment: string;
  instance: Instance;
}): { name: string; code: string }[] {
  const url = `${o.gatewayUrl}/v1/predict/${o.deployment}`;
  const body = JSON.stringify({ instances: [o.instance] }, null, 2);
  return [
    {
      name: 'curl',
      code: [
        `curl ${url} \\`,
        '  -H "Authorization: Bearer $TOKEN" \\',
        '  -H "Content-Type: application/json" \\',
        `  -d '${body.replaceAll("'", "'\\''")}'`,
      ].join('\n'),
    },
    {
      name: 'Python',
      code: [
        'import os, json, urllib.request',
        '',
        'request = urllib.request.Request(',
        `    ${JSON.stringify(url)},`,
        `    data=json.dumps(${pythonOf({ instances: [o.instance] })}).encode(),`,
        '    headers={"Authorization": f"Bearer {os.environ[\'TOKEN\']}", "Content-Type": "application/json"},',
        ')',
        'print(json.load(urllib.request.urlopen(request)))',
      ].join('\n'),
    },
    {
      name: 'TypeScript',
      code: [
        `const response = await fetch(${JSON.stringify(url)}, {`,
        "  method: 'POST',",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the code to be copied holds a template of its own.
        "  headers: { authorization: `Bearer ${process.env.TOKEN}`, 'content-type': 'application/json' },",
        `  body: JSON.stringify(${body.replaceAll('\n', '\n  ')}),`,
        '});',
        'console.log(await response.json());',
      ].join('\n'),
    },
  ];
}

function pythonOf(value: unknown): string {
  return JSON.stringify(value).replaceAll(/:null\b/g, ':None');
}
