metadata description = 'A Consumption logic app that resets the guest who is named in its trigger.'

@description('Name of the logic app.')
param name string = 'reset-guest'

@description('Where it runs.')
param location string = resourceGroup().location

@description('API_URL of the deployment of guest-reset; ends with /api.')
param apiUrl string

@description('API_CLIENT_ID of the deployment of guest-reset.')
param apiClientId string

@description('Object id of who may start it: a user, an app or a managed identity. Nobody else may.')
param callerObjectId string

resource logicApp 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    state: 'Enabled'
    definition: loadJsonContent('reset-guest.json', '$.definition')
    parameters: {
      apiUrl: {
        value: apiUrl
      }
      apiAudience: {
        value: 'api://${apiClientId}'
      }
    }
    accessControl: {
      triggers: {
        // No address with a signature in it: whoever calls has a token, and is the one who was named.
        #disable-next-line BCP037 // The property is documented, and missing in the types of every version.
        sasAuthenticationPolicy: {
          state: 'Disabled'
        }
        openAuthenticationPolicies: {
          policies: {
            caller: {
              type: 'AAD'
              claims: [
                {
                  name: 'iss'
                  value: 'https://sts.windows.net/${tenant().tenantId}/'
                }
                {
                  name: 'aud'
                  value: environment().resourceManager
                }
                {
                  name: 'oid'
                  value: callerObjectId
                }
              ]
            }
          }
        }
      }
    }
  }
}

@description('Of its identity: npm run -s guest-reset -- setup grant <principalId> Submit')
output principalId string = logicApp.identity.principalId
