/** The API's shapes by name. All of them come from `schema.d.ts`: nothing is said a second time. */
import type { components, operations } from './schema.d.ts';

type Schemas = components['schemas'];
export type Job = Schemas['Job'];
export type Reset = Schemas['Reset'];
export type PastReset = Schemas['PastReset'];
export type Redemption = Schemas['Redemption'];
export type JobRate = Schemas['JobRate'];
export type StopCode = Schemas['StopCode'];
export type Gate = Schemas['Gate'];
export type Guest = Schemas['Guest'];
export type Erasure = Schemas['Erasure'];
export type Me = Schemas['Me'];
export type Tenant = Schemas['Tenant'];
export type ConsoleConfig = Schemas['ConsoleConfig'];
export type Health = Schemas['Health'];
export type Diagnostics = Schemas['Diagnostics'];
export type ResetBody = Schemas['ResetBody'];
export type Problem = Schemas['Problem'];
export type ProblemCode = Problem['code'];

type QueryOf<O extends keyof operations> = NonNullable<operations[O]['parameters']['query']>;
export type SubmitQuery = Omit<QueryOf<'submitJob'>, 'format'>;
export type ResetQuery = QueryOf<'resetGuest'>;
export type RetryQuery = QueryOf<'retryJob'>;
/** Which resets of a job; in what form they come is another question. */
export type ResetFilter = Pick<QueryOf<'listResets'>, 'status' | 'code' | 'redemption' | 'from'>;
export type ResetPageQuery = Omit<QueryOf<'listResets'>, 'format'>;
export type ResetPage = Schemas['ResetPage'];
export type AuditEntry = Schemas['AuditEntry'];
export type Action = Schemas['Action'];
export type JobPageQuery = QueryOf<'listJobs'>;
export type PageQuery = QueryOf<'listGuestResets'>;
export type AuditQuery = QueryOf<'listAudit'>;
export type AuditFilter = Omit<AuditQuery, 'pageSize' | 'continuationToken'>;
export type JobFilter = Omit<JobPageQuery, 'pageSize' | 'continuationToken'>;

type Bodies = operations['submitJob']['requestBody']['content'];
/** What a submission may be; a `charset` may stand behind it. */
export type BodyType = keyof Bodies;

/** A list to submit. It is opened anew for each sending of it: of a stream nothing is left after one. */
export interface List {
  readonly type: BodyType | `${BodyType}; charset=${string}`;
  readonly open: () => BodyInit | Promise<BodyInit>;
}
