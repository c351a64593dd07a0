/** The page where one chooses who to be, and the one that says why nobody can sign in. */
import type { Person } from './sign-ins.ts';

/** Somebody for each thing that one may want to try. */
const PEOPLE: readonly (Person & { readonly name: string })[] = [
  { name: 'ada@contoso.example', oid: '66666666-6666-4666-8666-666666666666', roles: ['Submit', 'Read', 'Manage'] },
  { name: 'ben@contoso.example', oid: '66666666-6666-4666-8666-666666666667', roles: ['Submit'] },
  { name: 'chiara@contoso.example', oid: '66666666-6666-4666-8666-666666666668', roles: ['Read'] },
  { name: 'david@contoso.example', oid: '66666666-6666-4666-8666-666666666669', roles: [] },
];
const ROLES = ['Submit', 'Read', 'Manage'];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (raw: string): string => raw.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

const STYLE = `body{font:16px/1.5 "Segoe UI",sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem;color:#242424}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-bottom:0}form{display:grid;gap:.5rem;justify-items:start;margin:1.5rem 0}
label,input[type=text]{display:block}input[type=text]{width:24rem;max-width:100%;font:inherit;padding:.2rem}
button{font:inherit;padding:.3rem 1rem}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${title}</title><style>${STYLE}</style></head><body><h1>${title}</h1>${body}</body></html>`;

const hidden = (name: string, value: string): string => `<input type="hidden" name="${name}" value="${text(value)}">`;

const describe = ({ name, roles }: (typeof PEOPLE)[number]): string =>
  `${name}: ${roles.length === 0 ? 'no role' : roles.join(', ')}`;

/** Its forms repeat what was asked for in the query, and add who. */
export const choicePage = (asked: string): string =>
  page(
    'Sign in to the local cloud',
    `<p>This stands in for Microsoft Entra ID. Who are you?</p>${PEOPLE.map(
      (person) =>
        `<form method="post">${hidden('asked', asked)}${hidden('name', person.name)}${hidden('oid', person.oid)}` +
        `${person.roles.map((role) => hidden('role', role)).join('')}<button>${text(describe(person))}</button></form>`,
    ).join('')}<h2>Somebody else</h2><form method="post">${hidden('asked', asked)}
<label>Name <input type="text" name="name" value="eve@contoso.example"></label>
<label>Object id <input type="text" name="oid" value="77777777-7777-4777-8777-777777777777"></label>
${ROLES.map((role) => `<label><input type="checkbox" name="role" value="${role}"> ${role}</label>`).join('')}
<button>Sign in</button></form>
<form method="post">${hidden('asked', asked)}<button name="cancel" value="yes">Cancel</button></form>`,
  );

export const refusalPage = (code: string, words: string): string =>
  page('Sign-in is not possible', `<p>${text(code)}: ${text(words)}</p>`);

export const signedOutPage = (): string => page('You have signed out', '<p>This window can be closed.</p>');
