metadata description = 'A Consumption logic app that Lifecycle Workflows of Entra ID Governance launches to reset a guest.'

@description('Name of the logic app; the extension names it too.')
param name string = 'lifecycle-reset-guest'

@description('Where it runs.')
param location string = resourceGroup().location

@description('API_URL of the deployment of guest-reset; ends with /api.')
param apiUrl string

@description('API_CLIENT_ID of the deployment of guest-reset.')
param apiClientId string

@description('Whether Microsoft mails the guests. A mail cannot be taken back.')
param sendInvitationMessage bool

@description('Application of Lifecycle Workflows, the same in every tenant.')
param lifecycleWorkflowsAppId string = 'ce79fdc4-cd1d-4ea5-8139-e74d7dbe0bb7'

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
      sendInvitationMessage: {
        value: sendInvitationMessage
      }
    }
    accessControl: {
      triggers: {
        // No address with a signature in it: only Lifecycle Workflows may call, for this very logic app.
        #disable-next-line BCP037 // The property is documented, and missing in the types of every version.
        sasAuthenticationPolicy: {
          state: 'Disabled'
        }
        openAuthenticationPolicies: {
          policies: {
            AzureADLifecycleWorkflowsAuthPOPAuthPolicy: {
              type: 'AADPOP'
              claims: [
                {
                  name: 'iss'
                  value: 'https://sts.windows.net/${tenant().tenantId}/'
                }
                {
                  name: 'aud'
                  #disable-next-line no-hardcoded-env-urls // The documentation has it without a slash at its end.
                  value: 'https://management.azure.com'
                }
                {
                  name: 'appid'
                  value: lifecycleWorkflowsAppId
                }
                {
                  name: 'm'
                  value: 'POST'
                }
                {
                  name: 'u'
                  #disable-next-line no-hardcoded-env-urls // As above.
                  value: 'management.azure.com'
                }
                {
                  name: 'p'
                  value: resourceId('Microsoft.Logic/workflows', name)
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
