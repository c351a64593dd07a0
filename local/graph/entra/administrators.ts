/**
 * People who set things up, and their tokens, as `az account get-access-token` gives them: for Graph, with the scopes
 * of Azure CLI. What they may do is decided by the directory roles that they hold.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod';
import { idOf } from './entra.ts';

const LIFETIME_SECONDS = 3600;

export const administratorSchema = z.strictObject({
  name: z.string().min(1),
  /** Directory roles by name, such as `Cloud Application Administrator`. */
  roles: z.array(z.string()).default([]),
});

export interface Administrator {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** The sign-in name of an administrator. */
export const upnOf = (name: string): string => `${name}@tenant.example`;

const claimsSchema = z.object({ oid: z.string(), name: z.string(), roles: z.array(z.string()), exp: z.number() });
/** What the tokens of administrators begin with; those of apps look otherwise. */
const PREFIX = 'administrator';

export function issueAdministratorToken(
  seed: number,
  now: Date,
  { name, roles }: z.output<typeof administratorSchema>,
): { readonly id: string; readonly access_token: string; readonly expires_on: number } {
  const expiresOn = Math.floor(now.getTime() / 1000) + LIFETIME_SECONDS;
  const id = idOf(`administrator/${name}`);
  const claims = Buffer.from(JSON.stringify({ oid: id, name, roles, exp: expiresOn })).toString('base64url');
  return { id, access_token: `${PREFIX}.${claims}.${signature(seed, claims)}`, expires_on: expiresOn };
}

/** Whose token a request carries; undefined where it is none of an administrator from here. */
export function readAdministrator(
  seed: number,
  now: Date,
  { authorization }: IncomingHttpHeaders,
): Administrator | undefined {
  const [kind, claims = '', given = ''] = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1]?.split('.') ?? [];
  if (kind !== PREFIX) return undefined;
  const expected = Buffer.from(signature(seed, claims));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return undefined;
  const { oid, name, roles, exp } = claimsSchema.parse(JSON.parse(Buffer.from(claims, 'base64url').toString()));
  return exp * 1000 <= now.getTime() ? undefined : { id: oid, name, roles };
}

function signature(seed: number, claims: string): string {
  return createHmac('sha256', `graph-simulator-administrators-${seed}`).update(claims).digest('base64url');
}
