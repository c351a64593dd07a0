function Suspend-GuestResetTenant {
  <#
  .SYNOPSIS
  Stops everything: nothing is sent for any job until Resume-GuestResetTenant.

  .DESCRIPTION
  For the worst moment. What is on its way is still looked at. Needs the role Manage.

  .PARAMETER Reason
  Shown to everybody who waits.

  .OUTPUTS
  GuestReset.Tenant

  .EXAMPLE
  Suspend-GuestResetTenant -Reason 'the wrong list was submitted' -WhatIf

  Says what would be stopped.

  .LINK
  Resume-GuestResetTenant
  #>
  [CmdletBinding(SupportsShouldProcess)]
  [OutputType('GuestReset.Tenant')]
  param([Parameter(Position = 0)] [string] $Reason)
  try {
    if (-not $PSCmdlet.ShouldProcess('All jobs of the tenant', 'Pause')) { return }
    $query = @{ reason = $(if ($Reason) { $Reason }) }
    ConvertTo-GuestResetTenant (Invoke-GuestReset -Method POST -Path '/pause' -Query $query).Body
  } catch { $PSCmdlet.ThrowTerminatingError($_) }
}

function Resume-GuestResetTenant {
  <#
  .SYNOPSIS
  Lets everything go on that was stopped for the whole tenant, by hand or by Microsoft's refusal.

  .DESCRIPTION
  Lifts the stop that is shown, and none that comes meanwhile (stopChanged); another may stand behind it. After a
  refusal one guest is tried first (IsResuming), and the rest goes on when that one was not refused. Needs the role
  Manage.

  .PARAMETER StopCode
  Lifts only this one, such as tenantBlocked: where another is shown, it is the error stopChanged.

  .OUTPUTS
  GuestReset.Tenant

  .EXAMPLE
  Resume-GuestResetTenant

  Lets everything go on.

  .LINK
  Suspend-GuestResetTenant
  #>
  [CmdletBinding(SupportsShouldProcess)]
  [OutputType('GuestReset.Tenant')]
  param([string] $StopCode)
  try {
    if (-not $PSCmdlet.ShouldProcess('All jobs of the tenant', 'Resume')) { return }
    $stop = if ($StopCode) { $StopCode } else { Read-Member (Invoke-GuestReset -Path '/tenant').Body 'code' }
    # Where none is named a second one could lift the next.
    $answer = Invoke-GuestReset -Method POST -Path '/resume' -Query @{ stop = $stop } -Once:($null -eq $stop)
    ConvertTo-GuestResetTenant $answer.Body
  } catch { $PSCmdlet.ThrowTerminatingError($_) }
}

function Get-GuestResetTenant {
  <#
  .SYNOPSIS
  Tells whether anything is sent for the tenant, how fast, and whether what the service depends on works.

  .OUTPUTS
  GuestReset.Tenant

  .EXAMPLE
  Get-GuestResetTenant

  Why nothing is sent, and what is wrong where something is.

  .EXAMPLE
  (Get-GuestResetTenant).Checks | Where-Object -Property ok -EQ -Value $false

  What of all that the service depends on does not work.

  .LINK
  Resume-GuestResetTenant
  #>
  [CmdletBinding()]
  [OutputType('GuestReset.Tenant')]
  param()
  try {
    # What the diagnostics say may be a minute old, and a stop is looked for at once.
    $gate = (Invoke-GuestReset -Path '/tenant').Body
    $tenant = ConvertTo-GuestResetTenant $gate
    $health = (Invoke-GuestReset -Path '/diagnostics').Body
    return [pscustomobject] @{
      PSTypeName   = 'GuestReset.Tenant'
      Status       = $tenant.Status
      PausedReason = $tenant.PausedReason
      Pace         = $gate.pace
      Health       = $health.status
      Checks       = @($health.checks)
      CheckedAt    = ConvertTo-Time $health.checkedAt
    }
  } catch { $PSCmdlet.ThrowTerminatingError($_) }
}

function ConvertTo-GuestResetTenant {
  param($Gate)
  return [pscustomobject] @{
    PSTypeName   = 'GuestReset.Tenant'
    Status       = $Gate.status
    PausedReason = ConvertTo-PausedReason $(if ($Gate.status -ne 'running') { $Gate })
  }
}
