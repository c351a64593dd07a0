/**
 * What administrators and logic apps send to Lifecycle Workflows; a member that is not documented is refused.
 * Source: Graph documentation, "customTaskExtension", "workflow", "workflow: activate" and "taskProcessingResult:
 * resume".
 */
import * as z from 'zod';

/** Five minutes to three hours, and on some pages thirty minutes at least: the narrower is asked for. */
const TIMEOUT_MINUTES = { least: 30, most: 180 };

const minutesOf = (duration: string): number => {
  const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(duration) ?? [];
  return Number(hours) * 60 + Number(minutes);
};

export const extensionSchema = z.strictObject({
  displayName: z.string().min(1),
  description: z.string(),
  endpointConfiguration: z.strictObject({
    '@odata.type': z.literal('#microsoft.graph.logicAppTriggerEndpointConfiguration'),
    subscriptionId: z.guid(),
    resourceGroupName: z.string().min(1),
    logicAppWorkflowName: z.string().min(1),
  }),
  authenticationConfiguration: z.strictObject({
    '@odata.type': z.literal('#microsoft.graph.azureAdPopTokenAuthentication'),
  }),
  clientConfiguration: z.strictObject({
    '@odata.type': z.literal('#microsoft.graph.customExtensionClientConfiguration'),
    maximumRetries: z.int().min(0).max(1),
    timeoutInMilliseconds: z.int().min(200).max(2000),
  }),
  callbackConfiguration: z.strictObject({
    '@odata.type': z.literal('#microsoft.graph.identityGovernance.customTaskExtensionCallbackConfiguration'),
    timeoutDuration: z
      .string()
      .refine((text) => minutesOf(text) >= TIMEOUT_MINUTES.least && minutesOf(text) <= TIMEOUT_MINUTES.most)
      .transform(minutesOf),
    authorizedApps: z.array(z.strictObject({ '@odata.type': z.literal('#microsoft.graph.application'), id: z.guid() })),
  }),
});
export type Extension = z.output<typeof extensionSchema> & { readonly id: string };

/** Of the built-in task "Run a custom task extension". */
const CUSTOM_TASK = '4262b724-8dba-4fad-afc3-43fcbb497a0e';

export const workflowSchema = z.strictObject({
  category: z.enum(['joiner', 'mover', 'leaver']),
  displayName: z.string().min(1),
  description: z.string(),
  isEnabled: z.boolean(),
  isSchedulingEnabled: z.boolean(),
  executionConditions: z.strictObject({
    '@odata.type': z.literal('#microsoft.graph.identityGovernance.onDemandExecutionOnly'),
  }),
  tasks: z
    .array(
      z.strictObject({
        taskDefinitionId: z.literal(CUSTOM_TASK),
        displayName: z.string().min(1),
        description: z.string(),
        isEnabled: z.boolean(),
        continueOnError: z.boolean(),
        arguments: z.tuple([z.strictObject({ name: z.literal('customTaskExtensionID'), value: z.guid() })]),
      }),
    )
    .length(1),
});
export type Workflow = z.output<typeof workflowSchema> & { readonly id: string; readonly taskId: string };

export const activateSchema = z.strictObject({ subjects: z.array(z.strictObject({ id: z.guid() })).min(1) });

export const resumeSchema = z.strictObject({
  source: z.string().min(1),
  type: z.literal('lifecycleEvent'),
  data: z.strictObject({
    '@odata.type': z.literal('#microsoft.graph.identityGovernance.customTaskExtensionCallbackData').optional(),
    // The example writes it with a capital, the list of values without.
    operationStatus: z.enum(['Completed', 'completed', 'Failed', 'failed']),
  }),
});
