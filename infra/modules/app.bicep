// The function app: plan, code, settings, and who may call.
import { optionalSettings as optionalSettingsType } from '../optional-settings.bicep'

@description('Name of the app and of its plan.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Node version.')
param nodeVersion string

@description('Memory of an instance, in MB.')
param instanceMemoryMB int

@description('Most instances at once.')
param maximumInstanceCount int

@description('Settings that have a default in the code.')
param optionalSettings optionalSettingsType

@description('Client id of the app registration that callers sign in to.')
param apiClientId string

@description('Cloud of the tenant; empty for that of the subscription.')
param graphCloud string

@description('Resource id of the app\'s identity.')
param identityId string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Name of the storage account.')
param storageName string

@description('Address of the container that the code is started from.')
param packageContainerUrl string

@description('Host name of the Service Bus namespace.')
param serviceBusHost string

@description('Names of the queues.')
param queues { priority: string, bulk: string, dispatch: string }

@description('Where to send telemetry.')
param insightsConnectionString string

@description('Resource id of the workspace that gets the log of the platform.')
param workspaceId string

var clouds = {
  AzureCloud: 'Global'
  AzureUSGovernment: 'USGov'
  AzureChinaCloud: 'China'
}

// The last of these wins, so no optional setting can take the place of one that the app needs.
var appSettings = union(optionalSettings, {
  API_CLIENT_ID: apiClientId
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  AZURE_CLIENT_ID: identityClientId
  AZURE_TENANT_ID: tenant().tenantId
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__credential: 'managedidentity'
  BULK_QUEUE: queues.bulk
  DISPATCH_QUEUE: queues.dispatch
  GRAPH_CLOUD: empty(graphCloud) ? clouds[environment().name] : graphCloud
  // The host would leave out the lines of a busy hour with their traces: all of them go (docs/telemetry.md).
  OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
  OTEL_TRACES_SAMPLER_ARG: '1'
  PRIORITY_QUEUE: queues.priority
  ServiceBusConnection__clientId: identityClientId
  ServiceBusConnection__credential: 'managedidentity'
  ServiceBusConnection__fullyQualifiedNamespace: serviceBusHost
  TableStorage__tableServiceUri: 'https://${storageName}.table.${environment().suffixes.storage}'
  WEBSITE_AUTH_AAD_ALLOWED_TENANTS: tenant().tenantId
})

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // Callers bring tokens. To close it takes a virtual network: see README.md.
    publicNetworkAccess: 'Enabled'
    // The plan refuses more of these than it takes.
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: { name: 'node', version: nodeVersion }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
      // The other strategy kills what runs at every deploy, and leaves its batches in doubt. The service takes this
      // property; the compiler's types of this version lack it.
      #disable-next-line BCP037
      siteUpdateStrategy: { type: 'RollingUpdate' }
    }
  }
}

// No user name and password into the site.
resource codeDoor 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'scm'
  properties: { allow: false }
}

resource fileDoor 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'ftp'
  properties: { allow: false }
  // Here and below one after the other: the platform refuses two changes at once.
  dependsOn: [codeDoor]
}

resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'appsettings'
  properties: appSettings
  dependsOn: [fileDoor]
}

// Nothing without a valid token reaches the code, but on the excluded paths, where nobody reads who calls. There is no
// sign-in page and no cookie, so there is no secret either.
resource authentication 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true, runtimeVersion: '~1' }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
      excludedPaths: [
        '/api/health'
        '/api/openapi.json'
        '/api/openapi-v2.json'
        '/api/problems'
        '/api/problems/*'
        '/api/console'
        '/api/console/*'
      ]
    }
    httpSettings: { requireHttps: true }
    login: { tokenStore: { enabled: false } }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: apiClientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          // Tokens of version 2 name the client id, those of version 1 the address of the app registration.
          allowedAudiences: [apiClientId, 'api://${apiClientId}']
          defaultAuthorizationPolicy: {
            // Any client: who may do what is decided by roles.
            allowedApplications: []
            allowedPrincipals: {}
          }
        }
      }
    }
  }
  dependsOn: [settings]
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: site
  name: 'host'
  properties: {
    workspaceId: workspaceId
    // Tells what a host did that was too broken to send telemetry.
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
  }
}

@description('Resource id of the function app.')
output id string = site.id

@description('Name of the function app.')
output name string = site.name

@description('Where the API is.')
output apiUrl string = 'https://${site.properties.defaultHostName}/api'
