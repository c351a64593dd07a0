// Where logs, traces and metrics go.
@description('Name of the workspace and of the component.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Resource id of a workspace that exists already; empty for one of our own.')
param existingWorkspaceId string

@description('What our own workspace takes in a day, in GB.')
param dailyCapGb int

@description('How long our own workspace keeps logs, in days.')
param retentionDays int

@description('Object id of the identity that writes here.')
param publisherPrincipalId string

// Monitoring Metrics Publisher: sends telemetry, reads none.
var publisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = if (empty(existingWorkspaceId)) {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true }
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
  }
}

var workspaceId = empty(existingWorkspaceId) ? workspace.id : existingWorkspaceId

// Whole even where none exists, because Azure may look at it before it looks at the condition.
var parts = split(workspaceId, '/')

resource existingWorkspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = if (!empty(existingWorkspaceId)) {
  scope: resourceGroup(parts[2], parts[4])
  name: parts[8]
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspaceId
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
  }
}

resource roleAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, publisherPrincipalId, publisher)
  properties: {
    principalId: publisherPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', publisher)
  }
}

@description('Resource id of the workspace.')
output workspaceId string = workspaceId

@description('Region of the workspace.')
output workspaceLocation string = empty(existingWorkspaceId) ? workspace!.location : existingWorkspace!.location

@description('Resource id of the component.')
output insightsId string = insights.id

@description('Where to send telemetry. It names the component; without the role above nobody can write there.')
output insightsConnectionString string = insights.properties.ConnectionString
