// The three queues.
@description('Name of the namespace.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Give the role Data Owner on the queues, so that the scaler can read their length.')
param scaleByQueueLength bool

@description('Object id of the identity that sends and receives.')
param principalId string

@description('Resource id of the workspace that gets the log of changes.')
param workspaceId string

var queues = {
  priority: 'resets-priority'
  bulk: 'resets-bulk'
  dispatch: 'dispatch'
}

// On each queue: Azure Service Bus Data Owner, or Data Sender and Data Receiver.
var roles = scaleByQueueLength
  ? ['090c5cfd-751d-490a-894a-3ce6f1109419']
  : ['69a216fc-b8fb-44d8-bc22-1f3c2cd27a39', '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0']
var grants = flatten(map(objectKeys(queues), key => map(roles, role => { queue: queues[key], role: role })))

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    // Standard has no other: private endpoints take Premium.
    publicNetworkAccess: 'Enabled'
  }
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for key in objectKeys(queues): {
    parent: namespace
    name: queues[key]
    properties: {
      // The code repeats sends and counts on the broker to drop the second one. It cannot be switched on later.
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      lockDuration: 'PT1M'
      maxDeliveryCount: 10
      // Counted from when a message is due. The code schedules nothing over 27 hours ahead, and what has to wait longer
      // waits in its row; so a message gets this old only where nobody has received for two weeks. Its loss would change
      // nothing, because reconcile wakes again; but it is to be seen.
      defaultMessageTimeToLive: 'P14D'
      deadLetteringOnMessageExpiration: true
      maxSizeInMegabytes: 1024
      requiresSession: false
      enablePartitioning: false
    }
  }
]

resource grantedQueue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' existing = [
  for grant in grants: {
    parent: namespace
    name: grant.queue
  }
]

resource roleAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, index) in grants: {
    scope: grantedQueue[index]
    name: guid(grantedQueue[index].id, principalId, grant.role)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
    dependsOn: [queue]
  }
]

resource changes 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: namespace
  name: 'changes'
  properties: {
    workspaceId: workspaceId
    // What is done to queues, a line each; what is done with messages is logged on Premium only.
    logs: [{ category: 'OperationalLogs', enabled: true }]
  }
}

@description('Resource id of the namespace.')
output id string = namespace.id

@description('Name of the namespace.')
output name string = namespace.name

@description('Host name of the namespace.')
output host string = split(split(namespace.properties.serviceBusEndpoint, '/')[2], ':')[0]

@description('Names of the queues.')
output queues { priority: string, bulk: string, dispatch: string } = queues
