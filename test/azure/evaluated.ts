/** The resources that the templates come to, as the compiler has evaluated them (`infra/test/*.snapshot.json`). */
import { readFileSync } from 'node:fs';

export const SETS = ['plain', 'existing-workspace', 'all-options', 'government'] as const;
export type SetName = (typeof SETS)[number];

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly properties?: unknown;
  readonly [more: string]: unknown;
}

export interface Evaluated {
  readonly predictedResources: readonly Resource[];
  readonly outputs: Readonly<Record<string, string>>;
}

export const textOf = (set: SetName): string => readFileSync(`infra/test/${set}.snapshot.json`, 'utf8');

export const evaluated = (set: SetName): Evaluated => JSON.parse(textOf(set)) as Evaluated;

export const ofType = (set: SetName, type: string): readonly Resource[] =>
  evaluated(set).predictedResources.filter((resource) => resource.type.toLowerCase() === type.toLowerCase());

/**
 * The one resource of the type whose name ends so.
 * @throws Error if there is none, or more than one
 */
export function one(set: SetName, type: string, nameEnd = ''): Resource {
  const found = ofType(set, type).filter(({ name }) => name.endsWith(nameEnd));
  if (found[0] === undefined || found.length > 1) throw new Error(`${set}: ${found.length} of ${type} …${nameEnd}`);
  return found[0];
}

/** What stands at `properties`, by a path such as `siteConfig.minTlsVersion`; undefined where there is nothing. */
export const at = (resource: Resource, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, name) => (value as Record<string, unknown> | undefined)?.[name],
      path.startsWith('sku.') || path.startsWith('identity.') ? resource : resource.properties,
    );

/** The app settings. What is known only when Azure has made it is an expression in brackets. */
export const appSettings = (set: SetName): Readonly<Record<string, string>> =>
  one(set, 'Microsoft.Web/sites/config', '/appsettings').properties as Record<string, string>;
