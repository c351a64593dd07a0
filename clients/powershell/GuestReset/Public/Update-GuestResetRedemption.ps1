function Update-GuestResetRedemption {
  <#
  .SYNOPSIS
  Looks who of an ended job has redeemed since. Sends nothing.

  .DESCRIPTION
  Waits until all guests were looked at; Check of the job has the sums then, and Get-GuestResetResult with -Redemption
  pending tells who has not. Ctrl-C leaves, and the look goes on.

  .PARAMETER Id
  Of the job. Jobs come through the pipeline with it.

  .PARAMETER NoWait
  Does not wait until all were looked at.

  .OUTPUTS
  GuestReset.Job

  .EXAMPLE
  Get-GuestResetJob -First 1 | Update-GuestResetRedemption | Get-GuestResetResult -Redemption pending

  Who of the newest job has not redeemed yet.

  .LINK
  Get-GuestResetResult
  #>
  [CmdletBinding()]
  [OutputType('GuestReset.Job')]
  param(
    [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)] [Alias('JobId')] [string[]] $Id,
    [switch] $NoWait
  )
  process {
    try {
      foreach ($each in $Id) {
        $job = Invoke-JobAction -Id $each -Action 'check'
        while (-not $NoWait -and (Read-Member $job.Check 'status') -eq 'inProgress') {
          Wait-WithProgress -For ([TimeSpan]::FromSeconds(2)) -Why 'The guests are being looked at.'
          $job = ConvertTo-GuestResetJob (Invoke-GuestReset -Path "/jobs/$([uri]::EscapeDataString($each))").Body
        }
        $job
      }
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}
