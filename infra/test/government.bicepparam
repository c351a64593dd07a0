using '../main.bicep'

param environmentName = 'test'
param location = 'usgovvirginia'
param apiClientId = '33333333-3333-4333-8333-333333333333'
param graphCloud = 'USGovDoD'
