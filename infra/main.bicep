// The whole deployment, in one resource group. Who deploys it needs Contributor and Role Based Access Control
// Administrator there, or Owner; no role of theirs is left behind.
targetScope = 'resourceGroup'

import { optionalSettings } from 'optional-settings.bicep'

@description('Name of the environment. Part of tags, and of what the names of resources are made from.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of everything. Flex Consumption must be offered there, with the Node version below.')
param location string = resourceGroup().location

@description('Client id of the app registration that callers sign in to: of "setup app", or one that exists already.')
param apiClientId string = ''

@description('Cloud of Graph, where that of the subscription does not tell: USGovDoD.')
@allowed(['', 'Global', 'USGov', 'USGovDoD', 'China'])
param graphCloud string = ''

@description('Node version of the app.')
@allowed(['24', '22'])
param nodeVersion string = '24'

@description('Memory of an instance, in MB: 2048 has a whole core.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances at once. Forty do more than a tenant\'s Graph limits allow.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Settings of the app that have a default in the code.')
param settings optionalSettings = {}

@description('''
Let the scaler read the length of the queues, by the role Data Owner on them. Only where messages wait and nothing runs.
''')
param scaleByQueueLength bool = false

@description('Copies of the storage account. Standard_ZRS survives the loss of a zone, where the region has zones.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('Lock the storage account against deletion. Takes an Owner, and "azd down" fails until the lock is gone.')
param lockStorage bool = false

@description('Resource id of a Log Analytics workspace that exists already; empty for one of our own.')
param existingWorkspaceId string = ''

@description('What our own workspace takes in a day, in GB.')
@minValue(1)
param logDailyCapGb int = 1

@description('How long our own workspace keeps logs, in days.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Where alerts are mailed; empty for alerts that only show in the portal.')
param alertEmail string = ''

@description('Tags of every resource, beside the one of azd.')
param tags { *: string } = {}

var token = uniqueString(subscription().id, resourceGroup().id, environmentName)
var allTags = union(tags, { 'azd-env-name': environmentName })
var clientId = empty(apiClientId)
  ? fail('Set API_CLIENT_ID: "npm run -s guest-reset -- setup app" makes the app registration and stores its client id.')
  : apiClientId

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: 'id-guest-reset-${token}'
    location: location
    tags: allTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    name: 'guest-reset-${token}'
    location: location
    tags: allTags
    existingWorkspaceId: existingWorkspaceId
    dailyCapGb: logDailyCapGb
    retentionDays: logRetentionDays
    publisherPrincipalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    name: 'st${token}'
    location: location
    tags: allTags
    sku: storageSku
    lock: lockStorage
    principalId: identity.outputs.principalId
  }
}

module serviceBus 'modules/service-bus.bicep' = {
  name: 'service-bus'
  params: {
    name: 'sb-guest-reset-${token}'
    location: location
    tags: allTags
    scaleByQueueLength: scaleByQueueLength
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

// After the roles: a host that starts before them fails until they have spread.
module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: 'guest-reset-${token}'
    location: location
    tags: allTags
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    optionalSettings: settings
    apiClientId: clientId
    graphCloud: graphCloud
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainerUrl: storage.outputs.packageContainerUrl
    serviceBusHost: serviceBus.outputs.host
    queues: serviceBus.outputs.queues
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    workspaceId: monitoring.outputs.workspaceId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    token: token
    location: monitoring.outputs.workspaceLocation
    tags: allTags
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    insightsId: monitoring.outputs.insightsId
    siteId: app.outputs.id
    serviceBusId: serviceBus.outputs.id
    isOwnWorkspace: empty(existingWorkspaceId)
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    name: guid(resourceGroup().id, token, 'workbook')
    location: location
    tags: allTags
    workspaceId: toLower(monitoring.outputs.workspaceId)
    insightsId: monitoring.outputs.insightsId
    siteId: app.outputs.id
  }
}

@description('Where the API is.')
output API_URL string = app.outputs.apiUrl

@description('Name of the function app.')
output FUNCTION_APP_NAME string = app.outputs.name

@description('Object id of the app\'s identity: what permissions are granted to.')
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

@description('Client id of the app\'s identity.')
output IDENTITY_CLIENT_ID string = identity.outputs.clientId

@description('The tenant.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('Name of the storage account.')
output STORAGE_ACCOUNT_NAME string = storage.outputs.name

@description('Name of the Service Bus namespace.')
output SERVICE_BUS_NAMESPACE string = serviceBus.outputs.name
