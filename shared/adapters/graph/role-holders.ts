/**
 * Who holds a directory role: a service cannot reset such a guest. One list for everybody, because a tenant has few
 * role assignments and many guests. Roles that come through a group are not seen; Graph's refusal tells those.
 */
import * as z from 'zod';
import type { BatchAnswer } from '../../domain/graph-answer.ts';
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
 * @returns names of roles by object id in lower case, at most five minutes old; undefined where they cannot be read
 */
export function roleHolders(
  get: Get,
  clock: Pick<Clock, 'monotonic'>,
  endpoint: string,
): () => Promise<Roles | undefined> {
  let kept: { readonly roles: Promise<Roles | undefined>; readonly until: number } | undefined;
  return () => {
    if (kept === undefined || kept.until < clock.monotonic()) {
      const roles = readRoles(get, endpoint).catch((error: unknown) => {
        kept = undefined;
        throw error;
      });
      kept = { roles, until: clock.monotonic() + KEPT_MS };
    }
    return kept.roles;
  };
}

async function readRoles(get: Get, endpoint: string): Promise<Roles | undefined> {
  for (const first of FIRST_PAGES) {
    const roles = await readPages(get, first, endpoint);
    if (roles !== 'badRequest') return roles;
  }
  return undefined;
}

async function readPages(get: Get, first: string, endpoint: string): Promise<Roles | 'badRequest' | undefined> {
  const roles = new Map<string, string>();
  let url: string | undefined = first;
  for (let pages = 0; url !== undefined; pages++) {
    const batch: BatchAnswer = await get([url]);
    const answer = batch.kind === 'answered' ? batch.answers.get('0') : undefined;
    if (answer?.status === 400) return 'badRequest';
    const page = answer?.status === 200 ? pageSchema.safeParse(answer.body) : undefined;
    if (page?.success !== true || pages >= MAX_PAGES) return undefined;
    const { value, '@odata.nextLink': link } = page.data;
    for (const { principalId, roleDefinition, roleDefinitionId } of value)
      roles.set(principalId.toLowerCase(), roleDefinition?.displayName ?? roleDefinitionId);
    url = link === undefined ? undefined : relative(link, endpoint);
    if (link !== undefined && url === undefined) return undefined;
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
