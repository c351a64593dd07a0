/**
 * The hook of our own for OpenTelemetry: each invocation is a span. `@azure/functions-opentelemetry-instrumentation`
 * cannot do it here: it waits for a `require` of the functions library, which a bundle never makes.
 */
import { app, type InvocationContext, type PreInvocationContext } from '@azure/functions';
import { ancestryOf, parseTraceparent } from '../domain/traceparent.ts';
import { inSpan, note, noteFailure } from '../adapters/telemetry/span.ts';
import { telemetry } from '../runtime.ts';

/** Registers the hooks; before the app has started. */
export function traceInvocations(): void {
  app.hook.preInvocation((context) => {
    if (telemetry.isOn()) trace(context);
  });
  app.hook.postInvocation(() => telemetry.invocationEnded());
  app.hook.appTerminate(() => telemetry.end());
}

function trace(hook: PreInvocationContext): void {
  const { functionHandler: handler, invocationContext: context, inputs } = hook;
  hook.functionHandler = (input, ...more) =>
    inSpan(
      {
        name: context.functionName,
        // The host's own span is the one of the request, or of the message.
        kind: 'internal',
        attributes: { 'faas.invocation_id': context.invocationId, 'faas.trigger': triggerOf(context) },
        ancestry: ancestryOf(parseTraceparent(context.traceContext?.traceParent), messageTrace(context, inputs[0])),
      },
      telemetry.span,
      async () => {
        const result: unknown = await handler(input, ...more);
        noteAnswer(result);
        return result;
      },
    );
}

/** Source: OpenTelemetry semantic conventions, "FaaS". */
const TRIGGERS: Readonly<Record<string, string>> = {
  httptrigger: 'http',
  servicebustrigger: 'pubsub',
  timertrigger: 'timer',
};
const triggerOf = ({ options }: InvocationContext): string => TRIGGERS[options.trigger.type.toLowerCase()] ?? 'other';

/** Only of messages: a body of HTTP is the caller's. */
const messageTrace = (context: InvocationContext, message: unknown): ReturnType<typeof parseTraceparent> =>
  triggerOf(context) === 'pubsub'
    ? parseTraceparent((message as { traceparent?: unknown } | null | undefined)?.traceparent)
    : undefined;

/** What an HTTP function answered; nothing else has a status. */
function noteAnswer(result: unknown): void {
  const status = (result as { status?: unknown } | null | undefined)?.status;
  if (typeof status !== 'number') return;
  note({ 'http.response.status_code': status });
  if (status >= 500) noteFailure();
}
