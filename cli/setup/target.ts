/** Which app registration a command is about. */
import { UsageError } from '../errors.ts';
import type { Graph } from '../graph/graph.ts';
import { APPLICATION_SELECT, applicationSchema, type Application } from '../graph/objects.ts';
import { isNotThere } from '../graph/refusal.ts';
import { isGuid } from '../../shared/domain/ids.ts';
import { readSettings, type Environment } from '../../shared/settings.ts';
import { appName } from './wanted.ts';

export interface Target {
  /** Of one that is there already; looked for first. */
  readonly clientId?: string;
  /** Whether it was asked for in so many words: then no other is taken, and none is made. */
  readonly isGiven: boolean;
  /** The unique name of the one that setup makes. */
  readonly uniqueName?: string;
  readonly environment?: string;
}

export const TARGET_OPTIONS = { environment: { type: 'string' }, 'client-id': { type: 'string' } } as const;
export const TARGET_USAGE = `  --environment NAME  app registration guest-reset-NAME (default: AZURE_ENV_NAME, or azd's)
  --client-id ID      another one, made by hand (default: API_CLIENT_ID)`;

export type TargetValues = {
  readonly environment?: string | undefined;
  readonly 'client-id'?: string | undefined;
};

/** @throws UsageError where none is named, or not rightly */
export function readTarget(values: TargetValues, env: Environment): Target {
  const { optional } = readSettings(env);
  const given = values['client-id'];
  const environment = values.environment ?? (given === undefined ? optional('AZURE_ENV_NAME') : undefined);
  const clientId = given ?? (values.environment === undefined ? optional('API_CLIENT_ID') : undefined);
  if (clientId !== undefined && !isGuid(clientId))
    throw new UsageError(`The client id "${clientId}" must be a GUID: see "Application (client) ID" in the portal.`);
  if (environment !== undefined && !/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(environment))
    throw new UsageError(`The environment "${environment}" must have up to 64 letters, digits, hyphens and dots.`);
  if (clientId === undefined && environment === undefined)
    throw new UsageError('Name the environment: --environment NAME (any name, such as prod; azd gives its own).');
  return {
    isGiven: given !== undefined,
    ...(clientId !== undefined && { clientId }),
    ...(environment !== undefined && { environment, uniqueName: appName(environment) }),
  };
}

/**
 * What is known of the environment that the command names. What azd keeps of another one is not meant: the identity
 * that loses its permissions, and the address that sign-in comes back to, would be those of the other.
 */
export function knownOf({ environment }: TargetValues, env: Environment): Environment {
  const known = readSettings(env).optional('AZURE_ENV_NAME');
  return environment === undefined || known === undefined || environment === known
    ? env
    : { ...env, API_URL: undefined, IDENTITY_PRINCIPAL_ID: undefined };
}

/** Whether it is the one that setup makes for this environment, or that somebody has named in so many words. */
export const isOwn = ({ isGiven, uniqueName }: Target, app: Application): boolean =>
  isGiven || uniqueName === undefined || app.uniqueName === uniqueName;

/**
 * How a command line names the same one, on any machine.
 * @param app where there is one
 */
export function targetArguments(target: Target, app?: Application): string {
  const { clientId, environment, isGiven } = target;
  if (app !== undefined && !isOwn(target, app)) return `--client-id ${app.appId}`;
  return environment === undefined || isGiven ? `--client-id ${clientId}` : `--environment ${environment}`;
}

/** The app registration; undefined where there is none. */
export async function findApplication(
  graph: Graph,
  { clientId, uniqueName }: Target,
): Promise<Application | undefined> {
  const byId = clientId === undefined ? undefined : await readApplication(graph, `(appId='${clientId}')`);
  return byId ?? (uniqueName === undefined ? undefined : readApplication(graph, `(uniqueName='${uniqueName}')`));
}

/** @param key such as `(appId='…')` */
export async function readApplication(graph: Graph, key: string): Promise<Application | undefined> {
  try {
    return applicationSchema.parse(await graph.get(`/applications${key}?$select=${APPLICATION_SELECT}`));
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}
