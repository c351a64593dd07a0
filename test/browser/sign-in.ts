/** Signing in at the simulator's page, and what ends a sign-in. */
import type { Page } from 'playwright-core';
import type { BrowserWorld } from './world.ts';

/** As one of the people of the simulator's page. @param name before the @ */
export const signInAs = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name: new RegExp(`^${name}@`) }).click();

/** As anybody, with a name and roles of one's own. */
export async function signInAsSomebody(
  page: Page,
  who: { readonly name: string; readonly oid: string; readonly roles: readonly string[] },
): Promise<void> {
  await page.getByLabel('Name').fill(who.name);
  await page.getByLabel('Object id').fill(who.oid);
  for (const role of who.roles) await page.getByRole('checkbox', { name: role }).check();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Nobody takes the token any more that the page holds, and it cannot be renewed: only signing in again helps. */
export async function endSignIn(page: Page, { cloud }: BrowserWorld): Promise<void> {
  await fetch(`${cloud.graph}/_sim/sign-ins`, { method: 'DELETE' });
  await page.evaluate(() => {
    for (const [key, text] of Object.entries(sessionStorage)) {
      if (!key.includes('accesstoken')) continue;
      const kept = JSON.parse(text) as { secret: string };
      sessionStorage.setItem(key, JSON.stringify({ ...kept, secret: `${kept.secret.slice(0, -8)}AAAAAAAA` }));
    }
  });
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks the API as somebody with every role, beside the browser. */
export async function asManager({ cloud }: BrowserWorld, path: string, asked: Asked = {}): Promise<Response> {
  const oid = '88888888-8888-4888-8888-888888888888';
  const wanted = { oid, name: 'mara@contoso.example', roles: ['Submit', 'Read', 'Manage'] };
  const answer = await fetch(`${cloud.graph}/_sim/token`, { method: 'POST', body: JSON.stringify(wanted) });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const headers = { ...asked.headers, authorization: `Bearer ${token}` };
  return fetch(`${cloud.api}${path}`, { ...asked, headers });
}
