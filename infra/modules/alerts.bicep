// Who is told when something needs a person.
import { about, rules } from 'rules.bicep'

@description('Part of the names.')
param token string

@description('Region of the workspace: a query alert has to be in the same one.')
param location string

@description('Tags.')
param tags { *: string }

@description('Where alerts are mailed; empty for nowhere.')
param email string

@description('Resource id of the workspace that has the logs.')
param workspaceId string

@description('Resource id of the component that the app writes to.')
param insightsId string

@description('Resource id of the function app.')
param siteId string

@description('Resource id of the Service Bus namespace.')
param serviceBusId string

@description('The workspace is for this app alone.')
param isOwnWorkspace bool

var asked = filter(rules, rule => isOwnWorkspace || !rule.onOwnWorkspaceOnly)
var groups = empty(email) ? [] : [group.id]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'guest-reset-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'guest-reset'
    emailReceivers: [{ name: 'team', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource queryAlert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in asked: {
    name: 'guest-reset-${rule.name}-${token}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'guest-reset: ${rule.title}'
      description: 'What to do: docs/operations.md.'
      enabled: true
      severity: rule.severity
      scopes: [workspaceId]
      evaluationFrequency: rule.evaluationFrequency
      windowSize: rule.windowSize
      autoMitigate: rule.isState
      ...(rule.isState ? {} : { muteActionsDuration: rule.windowSize })
      // The tables of a new workspace come with the first line.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: about(rule.query, insightsId, siteId)
            timeAggregation: 'Count'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: groups }
    }
  }
]

// A metric, so it works when logs do not.
resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'guest-reset-dead-letters-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'A queue of guest-reset has dead letters. What to do: docs/operations.md.'
    enabled: true
    severity: 2
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead-letters'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
        }
      ]
    }
    actions: map(groups, id => { actionGroupId: id })
  }
}

// Whoever may deploy code here may change almost any user of the tenant: a new role in this group is news.
resource roleChanges 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {
  name: 'guest-reset-role-changes-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Somebody has been given a role in the resource group of guest-reset. What to do: docs/operations.md.'
    enabled: true
    scopes: [resourceGroup().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'Administrative' }
        { field: 'operationName', equals: 'Microsoft.Authorization/roleAssignments/write' }
        { field: 'status', equals: 'Succeeded' }
      ]
    }
    actions: { actionGroups: map(groups, id => { actionGroupId: id }) }
  }
}
