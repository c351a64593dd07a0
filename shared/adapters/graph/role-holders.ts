/**
 * Who holds a directory role: a service cannot reset such a guest. One list for everybody, because a tenant has few
 * role assignments and many guests. Roles that come through a group are not seen; Graph's refusal tells those.
 */
import * as z from 'zod';
import type { BatchAnswer } from '../../domain/graph/answer.ts';
import type { Clock } from '../../usecases/ports.ts';

const ASSIGNMENTS = '/roleManagement/directory/roleAssignments';
/** With the names of the roles; where that is refused, their ids must do. */
const FIRST_PAGES = [`${ASSIGNMENTS}?$expand=roleDefinition($select=displayName)`, ASSIGNMENTS] as const;
/**
 * Roles change seldom; and without the permission to read them (RoleManagement.Read.Directory) asking at once is of no
 * use.
 */
const KEPT_MS = 5 * 60_000;
/** More role assignments than that are another kind of tenant than this service is for. */
const MAX_PAGES = 50;

type Roles = ReadonlyMap<string, string>;
type Get = (urls: readonly string[]) => Promise<BatchAnswer>;

/**
 * @param endpoint of Graph, such as https://graph.microsoft.com: links to other places are not followed
 * @returns names of roles by object id in lower case, at most five minutes old, and where `since` is given (monotonic)
 *   asked for no earlier; undefined where they may not be read, or this time were not
 */
export function roleHolders(
  get: Get,
  clock: Pick<Clock, 'monotonic'>,
  endpoint: string,
): (since?: number) => Promise<Roles | undefined> {
  let kept: { readonly roles: Promise<Roles | undefined>; readonly at: number } | undefined;
  return (since = clock.monotonic() - KEPT_MS) => {
    if (kept !== undefined && kept.at >= since) return kept.roles;
    const asked = { at: clock.monotonic(), roles: ask() };
    kept = asked;
    return asked.roles;

    async function ask(): Promise<Roles | undefined> {
      let roles: Roles | 'notTold' | undefined;
      try {
        roles = await readRoles(get, endpoint);
      } finally {
        // What Graph did not answer this time, it may answer the next.
        if (roles === undefined && kept === asked) kept = undefined;
      }
      return roles === 'notTold' ? undefined : roles;
    }
  };
}

/** `notTold`: by an answer that another question would get as well. Undefined where there was none that says so. */
async function readRoles(get: Get, endpoint: string): Promise<Roles | 'notTold' | undefined> {
  for (const first of FIRST_PAGES) {
    const roles = await readPages(get, first, endpoint);
    if (roles !== 'badRequest') return roles;
  }
  return 'notTold';
}

async function readPages(
  get: Get,
  first: string,
  endpoint: string,
): Promise<Roles | 'badRequest' | 'notTold' | undefined> {
  const roles = new Map<string, string>();
  let url: string | undefined = first;
  for (let pages = 0; url !== undefined; pages++) {
    const batch: BatchAnswer = await get([url]);
    const answer = batch.kind === 'answered' ? batch.answers.get('0') : undefined;
    if (answer?.status === 400) return 'badRequest';
    if (answer?.status === 403) return 'notTold';
    if (answer?.status !== 200) return undefined;
    const page = pageSchema.safeParse(answer.body);
    if (!page.success || pages >= MAX_PAGES) return 'notTold';
    const { value, '@odata.nextLink': link } = page.data;
    for (const { principalId, roleDefinition, roleDefinitionId } of value)
      roles.set(principalId.toLowerCase(), roleDefinition?.displayName ?? roleDefinitionId);
    url = link === undefined ? undefined : relative(link, endpoint);
    if (link !== undefined && url === undefined) return 'notTold';
  }
  return roles;
}

/** The part of a page that is read. Source: Graph documentation, "List unifiedRoleAssignments". */
const pageSchema = z.object({
  value: z.array(
    z.object({
      principalId: z.string(),
      roleDefinitionId: z.string(),
      roleDefinition: z.object({ displayName: z.string().nullish() }).nullish(),
    }),
  ),
  '@odata.nextLink': z.string().optional(),
});

/** Steps of a batch are relative to the version; a next link is absolute. Undefined for one that leads elsewhere. */
function relative(link: string, endpoint: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { origin, pathname, search } = new URL(link);
  const isNextPage = origin === new URL(endpoint).origin && pathname.replace(/^\/(v1\.0|beta)/, '') === ASSIGNMENTS;
  return isNextPage ? `${ASSIGNMENTS}${search}` : undefined;
}
