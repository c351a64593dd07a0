/** Pages for people: plain HTML that loads nothing, and is the same for everybody. */
import { createHash } from 'node:crypto';
import type { HttpResponseInit } from '@azure/functions';

const STYLE = `
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
main { margin: 2rem auto; max-width: 44rem; padding: 0 1rem }
h1 { font-size: 1.6rem; line-height: 1.2 }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0 }
p, ul { margin: 0.25rem 0 0 }
code { font-family: ui-monospace, monospace }
`;

/** Only the style above, by what it says: no script, no request, no form, no frame. */
const POLICY =
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Another build may say the same in other words: an hour is soon enough to learn them. */
const KEPT = 'public, max-age=3600';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as HTML shows it, also as the value of an attribute in double quotes. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (char) => ENTITIES[char] ?? char);

/** Words in backticks become code. */
export const withCode = (text: string): string => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

/** @param main HTML, in which every text is escaped */
export function pageResponse(title: string, main: string): HttpResponseInit {
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': KEPT,
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · guest-reset</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`,
  };
}
