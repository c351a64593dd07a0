/** Words for JSON Schema, as OpenAPI 3.1 uses it: draft 2020-12. */
import { JOB_ID_PATTERN } from '../../../domain/ids.ts';

export type Schema = Readonly<Record<string, unknown>>;

export const text = { type: 'string' } as const;
export const jobId = { ...text, pattern: JOB_ID_PATTERN } as const;
export const time = { type: 'string', format: 'date-time' } as const;
export const link = { type: 'string', format: 'uri' } as const;
/** Of this service, from its root. */
export const path = { type: 'string', format: 'uri-reference' } as const;
export const whole = { type: 'integer', minimum: 0 } as const;
export const flag = { type: 'boolean' } as const;

/** One of these words. */
export const among = (values: readonly string[]): Schema => ({ type: 'string', enum: values });

export const listOf = (items: Schema): Schema => ({ type: 'array', items });

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** A content that is text, with one example. */
export const file = (value: string): Schema => ({ schema: text, examples: { file: { value } } });

/** A content that is JSON of this schema, with one example. */
export const json = (name: string, value: unknown): Schema => ({ schema: ref(name), examples: { [name]: { value } } });

/** The members that are always there, then those that are sometimes; there are no others. */
export const object = (always: Readonly<Record<string, Schema>>, sometimes: Readonly<Record<string, Schema>> = {}) => ({
  type: 'object',
  properties: { ...always, ...sometimes },
  ...(Object.keys(always).length > 0 && { required: Object.keys(always) }),
  additionalProperties: false,
});

/** One number for each name. */
export const counted = (names: readonly string[]): Readonly<Record<string, Schema>> =>
  Object.fromEntries(names.map((name) => [name, whole]));

export const described = (description: string, schema: Schema): Schema => ({ ...schema, description });
