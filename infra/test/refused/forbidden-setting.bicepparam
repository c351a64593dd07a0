using '../../main.bicep'

param environmentName = 'test'
param apiClientId = '33333333-3333-4333-8333-333333333333'
param settings = { WEBSITE_AUTH_ENABLED: 'true' }
