/**
 * The tenant's users on Graph, to read. Everything here is a GET: whoever holds only this cannot change or send
 * anything.
 */
import type { BatchAnswer } from '../../domain/graph/answer.ts';
import { SHOWN_PROPERTIES, USER_PROPERTIES } from '../../domain/guest/guest.ts';
import { findsByAddress, type LookUp } from '../../domain/guest/look-up.ts';
import type { Clock, Directory } from '../../usecases/ports.ts';
import { postBatch } from './batch.ts';
import type { PostToGraph } from './client.ts';
import { roleHolders } from './role-holders.ts';

const SELECT = `$select=${USER_PROPERTIES.join(',')}`;
const SELECT_SHOWN = `${SELECT},${SHOWN_PROPERTIES.join(',')}`;

/** A dropped connection on a read is tried again this often, after this long each. */
const READ_RETRY_MS = [200, 800] as const;

/** @param endpoint of Graph, as `post` has it */
export function guestDirectory(
  post: PostToGraph,
  clock: Pick<Clock, 'sleep' | 'monotonic'>,
  endpoint: string,
): Directory {
  const get = (urls: readonly string[]): Promise<BatchAnswer> =>
    postBatch(
      post,
      urls.map((url, position) => ({ id: String(position), method: 'GET', url })),
    );
  return {
    async lookUp(lookUps) {
      const urls = lookUps.map(lookUpUrl);
      let answer = await get(urls);
      for (const waitMs of READ_RETRY_MS) {
        if (answer.kind !== 'noAnswer' && (answer.kind !== 'notSent' || answer.tokenMissing)) break;
        await clock.sleep(waitMs);
        answer = await get(urls);
      }
      return answer;
    },
    roles: roleHolders(get, clock, endpoint),
    check: () => get(['/users?$top=1&$select=id']),
  };
}

function lookUpUrl(lookUp: LookUp): string {
  const { by, value, isShown } = lookUp;
  const select = isShown === true ? SELECT_SHOWN : SELECT;
  if (!findsByAddress(lookUp)) return `/users/${encodeURIComponent(value)}?${select}`;
  const quoted = value.replaceAll("'", "''");
  const filter = (...terms: string[]): string => `/users?$filter=${encodeURIComponent(terms.join(' or '))}&${select}`;
  const own = [`mail eq '${quoted}'`, `otherMails/any(m:m eq '${quoted}')`];
  return by === 'mail' ? filter(...own) : `${filter(...own, ...proxyTerms(quoted))},proxyAddresses`;
}

/**
 * `eq` works on this property without advanced query parameters, and joined with the others. Whether it heeds the case
 * of the prefix is not said. Sources: Graph documentation, "Advanced query capabilities", table of `user`; Entra
 * documentation, "Customize the B2B invitation API", the query for users who have an address.
 */
const proxyTerms = (quoted: string): string[] =>
  ['smtp:', 'SMTP:'].map((prefix) => `proxyAddresses/any(p:p eq '${prefix}${quoted}')`);
