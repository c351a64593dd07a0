import { RestError } from '@azure/data-tables';
import { expect, test } from 'vitest';
import { isOutage } from '../../../shared/adapters/outage.ts';

const named = (name: string): Error => Object.assign(new Error('x'), { name });

test('what passes by itself is an outage; what we did wrong is not', () => {
  for (const statusCode of [undefined, 408, 429, 500, 503])
    expect(isOutage(new RestError('x', { ...(statusCode !== undefined && { statusCode }) })), String(statusCode)).toBe(
      true,
    );
  for (const statusCode of [400, 403, 404, 409, 412])
    expect(isOutage(new RestError('x', { statusCode })), String(statusCode)).toBe(false);
  for (const name of ['ServiceBusError', 'AbortError', 'CredentialUnavailableError'])
    expect(isOutage(named(name)), name).toBe(true);
  for (const error of [new TypeError('x'), new Error('x'), 'RestError', undefined]) expect(isOutage(error)).toBe(false);
});
