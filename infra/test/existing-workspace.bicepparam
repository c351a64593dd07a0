using '../main.bicep'

param environmentName = 'test'
param apiClientId = '33333333-3333-4333-8333-333333333333'
param existingWorkspaceId = '/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/logs'
