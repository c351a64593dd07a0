using '../main.bicep'

param environmentName = 'test'
param location = 'northeurope'
param apiClientId = '33333333-3333-4333-8333-333333333333'
param nodeVersion = '22'
param instanceMemoryMB = 4096
param maximumInstanceCount = 100
param scaleByQueueLength = true
param storageSku = 'Standard_ZRS'
param lockStorage = true
param logDailyCapGb = 5
param logRetentionDays = 90
param alertEmail = 'team@contoso.example'
param tags = { costCenter: '4711' }
param settings = {
  ALLOWED_EMAIL_DOMAINS: 'fabrikam.example'
  ATTEMPT_QUIET_SECONDS: '240'
  ATTEMPT_SEND_WINDOW_SECONDS: '15'
  AUDIT_RETENTION_DAYS: '730'
  DEFAULT_REDIRECT_URL: 'https://intranet.example'
  DEFAULT_SEND_INVITATION_MESSAGE: 'false'
  GRAPH_TIMEOUT_SECONDS: '90'
  GRAPH_VERSION: 'v1.0'
  HOLD_JOBS_ABOVE: '100'
  LOOK_INTERVAL_SECONDS: '90'
  MAX_INVITATIONS_PER_DAY: '1000'
  MAX_OPEN_JOBS_PER_CALLER: '10'
  MAX_RESETS_PER_JOB: '1000'
  OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example'
  PUBLIC_URL: 'https://resets.example'
  READS_PER_SECOND: '30'
  REDEEM_URL_DAYS: '1'
  RESETS_PER_SECOND: '10'
  RETENTION_DAYS: '30'
  SUBMIT_MAX_SECONDS: '200'
  VERIFY_AFTER_SECONDS: '120'
  languageWorkers__node__arguments: '--max-semi-space-size=16'
}
