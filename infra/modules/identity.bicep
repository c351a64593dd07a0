// The one identity that the app has, for Azure and for Graph.
@description('Name of the identity.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id of the identity.')
output id string = identity.id

@description('Object id of the identity.')
output principalId string = identity.properties.principalId

@description('Client id of the identity.')
output clientId string = identity.properties.clientId
