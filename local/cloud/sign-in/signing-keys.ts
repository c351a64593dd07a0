/** The public keys with which a tenant signs its tokens, as its OpenID document names them. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url() });
const keysSchema = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) });

export interface SigningKeys {
  readonly issuer: string;
  /** Undefined where no such key is known. */
  readonly key: (kid: string) => KeyObject | undefined;
}

/** A key that is not known may be a new one; but strangers can name as many as they like. */
const ASK_AGAIN_MS = 1_000;

/** @param authority such as `http://localhost:7072/TENANT/v2.0` */
export function signingKeysOf(authority: string): (kid: string) => Promise<SigningKeys> {
  let latest: { readonly at: number; readonly keys: Promise<SigningKeys> } | undefined;
  return async (kid) => {
    const known = await latest?.keys.catch(() => undefined);
    const isFresh = latest !== undefined && performance.now() - latest.at < ASK_AGAIN_MS;
    if (known?.key(kid) !== undefined || (known !== undefined && isFresh)) return known;
    latest = { at: performance.now(), keys: read(authority) };
    return latest.keys;
  };
}

async function read(authority: string): Promise<SigningKeys> {
  const { issuer, jwks_uri } = metadataSchema.parse(await json(`${authority}/.well-known/openid-configuration`));
  const { keys } = keysSchema.parse(await json(jwks_uri));
  const byId = new Map(keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
  return { issuer, key: (kid) => byId.get(kid) };
}

const json = async (url: string): Promise<unknown> => (await fetch(url)).json();
