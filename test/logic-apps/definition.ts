/**
 * Workflow definitions as far as the samples use them; a member that is not known here is refused.
 * Source: Azure Logic Apps documentation, "Schema reference guide for the workflow definition language", and the one
 * for trigger and action types.
 */
import * as z from 'zod';
import type { Value } from './expression.ts';

const value = z.json() as z.ZodType<Value>;
/** The time of ISO 8601 without years and months, such as `PT50M`. */
const duration = z.string().regex(/^P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/);

const everyAction = {
  description: z.string().optional(),
  runAfter: z.record(z.string(), z.array(z.enum(['Succeeded', 'Failed', 'Skipped', 'TimedOut'])).min(1)),
};
const httpSchema = z.strictObject({
  ...everyAction,
  type: z.literal('Http'),
  inputs: z.strictObject({
    method: z.enum(['GET', 'POST']),
    uri: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
    body: value.optional(),
    authentication: z.strictObject({ type: z.literal('ManagedServiceIdentity'), audience: z.string() }),
  }),
  limit: z.strictObject({ timeout: duration }).optional(),
});
const composeSchema = z.strictObject({ ...everyAction, type: z.literal('Compose'), inputs: value });
const terminateSchema = z.strictObject({
  ...everyAction,
  type: z.literal('Terminate'),
  inputs: z.strictObject({
    runStatus: z.literal('Failed'),
    runError: z.strictObject({ code: z.string(), message: z.string() }),
  }),
});
const switchSchema = z.strictObject({
  ...everyAction,
  type: z.literal('Switch'),
  expression: z.string(),
  cases: z.record(z.string(), z.strictObject({ case: z.string(), actions: z.lazy(() => actionsSchema) })),
  default: z.strictObject({ actions: z.lazy(() => actionsSchema) }),
});

export type HttpAction = z.output<typeof httpSchema>;
type Plain = HttpAction | z.output<typeof composeSchema> | z.output<typeof terminateSchema>;
type Switch = Omit<z.output<typeof switchSchema>, 'cases' | 'default'> & {
  readonly cases: Readonly<Record<string, { readonly case: string; readonly actions: Actions }>>;
  readonly default: { readonly actions: Actions };
};
export type Action = Plain | Switch;
export interface Actions {
  readonly [name: string]: Action;
}

// Names are those that `outputs('…')` needs no escaping for, in the form that the designer gives them.
const actionsSchema: z.ZodType<Actions> = z.record(
  z.string().regex(/^\w+$/),
  z.discriminatedUnion('type', [httpSchema, composeSchema, terminateSchema, switchSchema]),
);

const parameterSchema = z.strictObject({
  type: z.enum(['String', 'Bool']),
  defaultValue: value.optional(),
  metadata: z.strictObject({ description: z.string() }).optional(),
});

const triggerSchema = z.strictObject({
  type: z.literal('Request'),
  kind: z.literal('Http'),
  inputs: z.strictObject({ schema: z.record(z.string(), value) }),
  /** Without it the schema only helps the designer. */
  operationOptions: z.literal('EnableSchemaValidation').optional(),
});

/** A file as the code view of a Consumption logic app shows and takes it. */
export const fileSchema = z.strictObject({
  definition: z.strictObject({
    $schema: z.literal(
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    ),
    contentVersion: z.literal('1.0.0.0'),
    parameters: z.record(z.string(), parameterSchema),
    triggers: z.strictObject({ manual: triggerSchema }),
    actions: actionsSchema,
    outputs: z.strictObject({}),
  }),
  parameters: z.record(z.string(), z.strictObject({ value })),
});
export type WorkflowFile = z.output<typeof fileSchema>;

const UNITS = { D: 86_400, H: 3_600, M: 60, S: 1 } as const;
export const secondsOf = (iso: string): number =>
  [...iso.matchAll(/(\d+)([DHMS])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS],
    0,
  );
