/** What the calls of the API have in common. */
import type createClient from 'openapi-fetch';
import type { Manner } from './requests.ts';
import type { paths } from './schema.d.ts';

export type Api = ReturnType<typeof createClient<paths>>;

/** Asked again where the answer was lost. With the members that the answer has, whatever else. */
export const repeated = <const K extends string>(...has: readonly K[]): Manner<K> => ({ repeat: true, has });
export const once = <const K extends string>(...has: readonly K[]): Manner<K> => ({ repeat: false, has });
/** Of what is looked at by somebody else, or has no members. */
export const bare: Manner<never> = { repeat: true, has: [] };
export const bareOnce: Manner<never> = { repeat: false, has: [] };
export const [aJob, aGate, aPage] = [repeated('id', 'status'), repeated('status'), repeated('value')];

export const job = (id: string): { path: { id: string } } => ({ path: { id } });
