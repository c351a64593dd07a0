@{
  RootModule             = 'GuestReset.psm1'
  ModuleVersion          = '0.1.0'
  GUID                   = '5d2f1a3e-7c64-4c0e-9d53-2f6f3f0b9a71'
  Author                 = 'guest-reset'
  Copyright              = 'MIT licence'
  Description            = 'Resets the invitation redemption status of Entra B2B guests by a guest-reset service.'
  PowerShellVersion      = '5.1'
  CompatiblePSEditions   = @('Desktop', 'Core')
  DotNetFrameworkVersion = '4.7.2'
  FormatsToProcess       = @('GuestReset.format.ps1xml')
  TypesToProcess         = @('GuestReset.types.ps1xml')
  FunctionsToExport      = @(
    'Connect-GuestReset'
    'Disconnect-GuestReset'
    'Reset-GuestRedemption'
    'Start-GuestResetJob'
    'Get-GuestResetJob'
    'Get-GuestResetResult'
    'Suspend-GuestResetJob'
    'Resume-GuestResetJob'
    'Stop-GuestResetJob'
    'Restart-GuestResetJob'
    'Update-GuestResetRedemption'
    'Remove-GuestResetJob'
    'Get-GuestResetGuest'
    'Get-GuestResetHistory'
    'Remove-GuestResetHistory'
    'Get-GuestResetAudit'
    'Get-GuestResetTenant'
    'Suspend-GuestResetTenant'
    'Resume-GuestResetTenant'
  )
  CmdletsToExport        = @()
  VariablesToExport      = @()
  AliasesToExport        = @()
  PrivateData            = @{
    PSData = @{
      Tags = @('Entra', 'AzureAD', 'B2B', 'Guest', 'Invitation')
    }
  }
}
