using '../../main.bicep'

param environmentName = 'test'
param apiClientId = '33333333-3333-4333-8333-333333333333'
param settings = { AZURE_TENANT_ID: '55555555-5555-4555-8555-555555555555' }
