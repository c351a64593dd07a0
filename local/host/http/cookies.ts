import type { RpcCookie } from '../app/rpc.ts';

const SAME_SITE = { lax: 'Lax', strict: 'Strict', explicitNone: 'None' } as const;

/** A `Set-Cookie` value (RFC 6265) for a cookie that came back as a message. */
export function serializeCookie(cookie: RpcCookie): string {
  const parts = [`${cookie.name}=${encodeURIComponent(cookie.value)}`];
  const { path, domain, expires, maxAge, secure, httpOnly, sameSite } = cookie;
  if (path?.value !== undefined) parts.push(`Path=${path.value}`);
  if (domain?.value !== undefined) parts.push(`Domain=${domain.value}`);
  if (expires?.value !== undefined) parts.push(`Expires=${new Date(expires.value).toUTCString()}`);
  if (maxAge?.value !== undefined) parts.push(`Max-Age=${maxAge.value}`);
  if (secure?.value === true) parts.push('Secure');
  if (httpOnly?.value === true) parts.push('HttpOnly');
  if (sameSite !== undefined && sameSite !== 'none') parts.push(`SameSite=${SAME_SITE[sameSite]}`);
  return parts.join('; ');
}
