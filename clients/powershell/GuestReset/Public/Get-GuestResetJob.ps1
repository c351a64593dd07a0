function Get-GuestResetJob {
  <#
  .SYNOPSIS
  Gets a job by its id, or the jobs that you may see, newest first.

  .DESCRIPTION
  With -Wait it waits until the job has ended, and shows how far it is: this is how to come back to a job after Ctrl-C.

  .PARAMETER Id
  Of the job. Jobs come through the pipeline with it.

  .PARAMETER Wait
  Waits for the end of the job. Ctrl-C leaves the job running.

  .PARAMETER Status
  Only jobs with one of these.

  .PARAMETER CreatedAfter
  Only jobs made then or later.

  .PARAMETER CreatedBefore
  Only jobs made earlier.

  .PARAMETER RetryOf
  Only retries of this job.

  .PARAMETER SubmittedBy
  Only jobs of this caller, by object id.

  .PARAMETER DryRun
  $true: only dry runs. $false: only others.

  .PARAMETER First
  At most so many jobs. Default: 20.

  .OUTPUTS
  GuestReset.Job

  .EXAMPLE
  Get-GuestResetJob

  The newest twenty jobs.

  .EXAMPLE
  Get-GuestResetJob -Status paused | Select-Object -Property Id -ExpandProperty PausedReason

  What is paused, and why.

  .EXAMPLE
  Get-GuestResetJob -First 1 | Get-GuestResetJob -Wait

  Waits for the end of the newest job.

  .LINK
  Get-GuestResetResult
  #>
  [CmdletBinding(DefaultParameterSetName = 'List')]
  [OutputType('GuestReset.Job')]
  param(
    [Parameter(Mandatory, Position = 0, ParameterSetName = 'Id', ValueFromPipelineByPropertyName)]
    [Alias('JobId')] [string[]] $Id,
    [Parameter(ParameterSetName = 'Id')] [switch] $Wait,
    [Parameter(ParameterSetName = 'List')]
    [ValidateSet('queued', 'inProgress', 'paused', 'canceling', 'completed', 'completedWithErrors', 'failed',
      'canceled')]
    [string[]] $Status,
    [Parameter(ParameterSetName = 'List')] [Nullable[DateTime]] $CreatedAfter,
    [Parameter(ParameterSetName = 'List')] [Nullable[DateTime]] $CreatedBefore,
    [Parameter(ParameterSetName = 'List')] [string] $RetryOf,
    [Parameter(ParameterSetName = 'List')] [string] $SubmittedBy,
    [Parameter(ParameterSetName = 'List')] [Nullable[bool]] $DryRun,
    [Parameter(ParameterSetName = 'List')] [ValidateRange(1, 2147483647)] [int] $First = 20
  )
  process {
    try {
      foreach ($each in $Id) {
        if ($Wait) { Wait-GuestResetJob -Id $each -Cmdlet $PSCmdlet; continue }
        ConvertTo-GuestResetJob (Invoke-GuestReset -Path "/jobs/$([uri]::EscapeDataString($each))").Body
      }
      if ($PSCmdlet.ParameterSetName -eq 'Id') { return }
      $query = @{
        status = $Status; createdAfter = $CreatedAfter; createdBefore = $CreatedBefore; dryRun = $DryRun
        retryOf = $(if ($RetryOf) { $RetryOf }); submittedBy = $(if ($SubmittedBy) { $SubmittedBy })
        pageSize = [Math]::Min($First, 100)
      }
      Read-Pages -Path '/jobs' -Query $query | ForEach-Object { $_ } | Select-Object -First $First |
        ForEach-Object { ConvertTo-GuestResetJob $_ }
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}

# The pages of a list, as they come; each is an array of its entries. Of the address of the next page only the query is
# taken: a token goes nowhere but to the address that was named.
function Read-Pages {
  param([string] $Path, [System.Collections.IDictionary] $Query)
  while ($true) {
    $page = (Invoke-GuestReset -Path $Path -Query $Query).Body
    , @($page.value)
    $next = Read-Member $page 'nextLink'
    if ("$next" -notmatch '[?&]continuationToken=([^&]+)') { return }
    $Query.continuationToken = [uri]::UnescapeDataString($Matches[1])
  }
}
