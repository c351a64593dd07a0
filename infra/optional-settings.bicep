@export()
@sealed()
@description('''
App settings that have a safe default in the code. Nothing else can be set: the template writes what the app needs, and
some names would open or break it. docs/settings.md tells what each one does.
''')
type optionalSettings = {
  ALLOWED_EMAIL_DOMAINS: string?
  ATTEMPT_QUIET_SECONDS: string?
  ATTEMPT_SEND_WINDOW_SECONDS: string?
  AUDIT_RETENTION_DAYS: string?
  DEFAULT_REDIRECT_URL: string?
  DEFAULT_SEND_INVITATION_MESSAGE: string?
  GRAPH_TIMEOUT_SECONDS: string?
  GRAPH_VERSION: ('v1.0' | 'beta')?
  HOLD_JOBS_ABOVE: string?
  LOOK_INTERVAL_SECONDS: string?
  MAX_INVITATIONS_PER_DAY: string?
  MAX_OPEN_JOBS_PER_CALLER: string?
  MAX_RESETS_PER_JOB: string?
  OTEL_EXPORTER_OTLP_ENDPOINT: string?
  PUBLIC_URL: string?
  READS_PER_SECOND: string?
  REDEEM_URL_DAYS: string?
  RESETS_PER_SECOND: string?
  RETENTION_DAYS: string?
  SUBMIT_MAX_SECONDS: string?
  VERIFY_AFTER_SECONDS: string?
  languageWorkers__node__arguments: string?
}
