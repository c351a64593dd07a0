function Get-GuestResetAudit {
  <#
  .SYNOPSIS
  Tells who did what to jobs, to the tenant and to what is kept of guests, when and why, newest first.

  .DESCRIPTION
  Also of jobs that are gone. Needs the role Read or Manage.

  .PARAMETER JobId
  Only what was done to this job. Jobs come through the pipeline with it.

  .PARAMETER First
  At most so many entries. Default: 20.

  .OUTPUTS
  GuestReset.AuditEntry

  .EXAMPLE
  Get-GuestResetAudit -First 100 | Where-Object -Property Of -EQ -Value tenant

  Who stopped everything, and who let it go on.

  .EXAMPLE
  Get-GuestResetJob -First 1 | Get-GuestResetAudit

  What was done to the newest job, and by whom.

  .LINK
  Get-GuestResetJob
  #>
  [CmdletBinding()]
  [OutputType('GuestReset.AuditEntry')]
  param(
    [Parameter(Position = 0, ValueFromPipelineByPropertyName)] [Alias('Id')] [string] $JobId,
    [ValidateRange(1, 2147483647)] [int] $First = 20
  )
  process {
    try {
      $query = @{ jobId = $(if ($JobId) { $JobId }); pageSize = [Math]::Min($First, 100) }
      Read-Pages -Path '/audit' -Query $query | ForEach-Object { $_ } | Select-Object -First $First |
        ForEach-Object { ConvertTo-AuditEntry $_ }
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}

function ConvertTo-AuditEntry {
  param($Entry)
  return [pscustomobject] @{
    PSTypeName = 'GuestReset.AuditEntry'
    At         = ConvertTo-Time $Entry.at
    Action     = $Entry.action
    Of         = $Entry.of
    JobId      = Read-Member $Entry 'jobId'
    Total      = Read-Member $Entry 'total'
    DryRun     = Read-Member $Entry 'dryRun'
    By         = Get-NameOf $Entry.by
    Code       = Read-Member $Entry 'code'
    Reason     = ConvertTo-Text (Read-Member $Entry 'reason')
    NewJobId   = Read-Member $Entry 'newJobId'
    Counts     = Read-Member $Entry 'counts'
  }
}
