// A page in the portal that shows what the alerts ask, over a day or longer.
import { about, rules } from 'rules.bicep'

@description('Name of the workbook, a GUID.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Resource id of the workspace that has the logs, in lower case: the portal looks for it so.')
param workspaceId string

@description('Resource id of the component that the app writes to.')
param insightsId string

@description('Resource id of the function app.')
param siteId string

var timeRange = {
  type: 9
  name: 'time range'
  content: {
    version: 'KqlParameterItem/1.0'
    parameters: [
      {
        id: guid(name, 'time range')
        version: 'KqlParameterItem/1.0'
        name: 'TimeRange'
        type: 4
        isRequired: true
        value: { durationMs: 86400000 }
        typeSettings: {
          selectableValues: [{ durationMs: 3600000 }, { durationMs: 86400000 }, { durationMs: 604800000 }]
          allowCustom: true
        }
      }
    ]
  }
}

var shown = map(rules, rule => {
  type: 3
  name: rule.name
  content: {
    version: 'KqlItem/1.0'
    title: rule.title
    query: about(rule.query, insightsId, siteId)
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    crossComponentResources: [workspaceId]
    timeContextFromParameter: 'TimeRange'
    size: 1
    noDataMessage: 'Nothing.'
    visualization: 'table'
  }
})

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'guest-reset'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string({
      version: 'Notebook/1.0'
      items: concat([timeRange], shown)
      fallbackResourceIds: [workspaceId]
    })
  }
}
