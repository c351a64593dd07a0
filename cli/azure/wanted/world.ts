/**
 * What the wanted state is made from: the facts of one deployment. What is not known is absent, and then only looked
 * for, not compared.
 *
 * The files of this folder are the wanted state, written once more beside the template, because a person must be told
 * why each thing is needed and how to mend it alone. They are held equal to what the compiler makes of the template
 * (`infra/test/plain.snapshot.json`) by `test/parts/cli/doctor-azure.test.ts`, in both directions.
 */
import type { Place } from '../deployment.ts';

export interface World {
  readonly place: Place;
  readonly tenantId?: string;
  /** Client id of the app registration that callers sign in to. */
  readonly apiClientId?: string;
  /** Where tokens of this cloud are issued, without a slash at the end. */
  readonly login: string;
  /** Name of the function app. */
  readonly app?: string;
  readonly identity?: { readonly id: string; readonly clientId: string; readonly principalId: string };
  readonly storage?: { readonly id: string; readonly name: string; readonly tables: string; readonly blobs: string };
  readonly serviceBus?: { readonly id: string; readonly name: string; readonly host: string };
  readonly insights?: { readonly id: string; readonly name: string; readonly connectionString: string };
}
