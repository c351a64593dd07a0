import { randomBytes } from 'node:crypto';

/** A lock token as 32 hexadecimal digits. */
export type LockToken = string & { readonly brand: 'LockToken' };

export function newLockToken(): LockToken {
  return randomBytes(16).toString('hex') as LockToken;
}

/** As `$management` writes it: the 16 bytes of a UUID in the order of its text. */
export function fromUuidBytes(bytes: Buffer): LockToken {
  return bytes.toString('hex') as LockToken;
}

/** As a delivery tag: .NET's order of the same bytes. */
export function toDeliveryTag(token: LockToken): Buffer {
  return swapGuidOrder(Buffer.from(token, 'hex'));
}

export function fromDeliveryTag(tag: Buffer): LockToken {
  return swapGuidOrder(tag).toString('hex') as LockToken;
}

/** .NET writes the first three fields of a GUID (4, 2 and 2 bytes) little-endian. The swap is its own inverse. */
function swapGuidOrder(bytes: Buffer): Buffer {
  const swapped = Buffer.from(bytes);
  swapped.subarray(0, 4).reverse();
  swapped.subarray(4, 6).reverse();
  swapped.subarray(6, 8).reverse();
  return swapped;
}
