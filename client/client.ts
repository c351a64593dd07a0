/** The API as functions, for programs that run in Node or in a browser. */
import createClient from 'openapi-fetch';
import { legible } from './answer.ts';
import { changing } from './changing.ts';
import { listing } from './listing.ts';
import { making } from './making.ts';
import { reading } from './reading.ts';
import { asker, type Circumstances } from './requests.ts';
import type { paths } from './schema.d.ts';

export interface Connection extends Circumstances {
  /** Of the API, such as `https://NAME.azurewebsites.net/api`. */
  readonly url: string;
  readonly fetch?: (request: Request) => Promise<Response>;
}

export type Client = ReturnType<typeof connect>;

export function connect({ url, fetch = globalThis.fetch, ...circumstances }: Connection) {
  // A POST that is led elsewhere becomes a GET there, whose answer would pass for what was asked for.
  const api = createClient<paths>({
    baseUrl: url,
    redirect: 'manual',
    fetch: async (request) => legible(await fetch(request)),
  });
  const ask = asker(circumstances, url);
  return { ...making(api, ask), ...changing(api, ask), ...reading(api, ask), ...listing(api, ask) };
}
