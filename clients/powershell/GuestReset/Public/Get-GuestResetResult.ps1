function Get-GuestResetResult {
  <#
  .SYNOPSIS
  Gets what became of each guest of a job.

  .DESCRIPTION
  In the order of the rows, page by page: the results of 200,000 guests go through the pipeline as they come.
  InviteRedeemUrl is a secret of whoever submitted the job. No view shows it; Export-Csv and -OutFile write it.

  .PARAMETER JobId
  Id of the job. Jobs come through the pipeline with it.

  .PARAMETER Status
  Only guests with one of these.

  .PARAMETER Code
  Only guests with one of these codes.

  .PARAMETER Redemption
  Only those whom the last check of the job found so.

  .PARAMETER OutFile
  Writes the service's own CSV there, for a spreadsheet: the columns of your file first, then result.*. Gives the file.

  .OUTPUTS
  GuestReset.Result, or System.IO.FileInfo with -OutFile

  .EXAMPLE
  Get-GuestResetJob -First 1 | Get-GuestResetResult -Status failed, unknown

  Who of the newest job was not reset, and why.

  .EXAMPLE
  Get-GuestResetJob -First 1 | Get-GuestResetResult -OutFile results.csv

  The results for a spreadsheet, with the columns of the list that was submitted.

  .EXAMPLE
  Get-GuestResetJob -First 1 | Get-GuestResetResult | Group-Object -Property Code

  How many guests ended how.

  .LINK
  Restart-GuestResetJob
  #>
  [CmdletBinding()]
  [OutputType('GuestReset.Result', [System.IO.FileInfo])]
  param(
    [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)] [Alias('Id')] [string] $JobId,
    [ValidateSet('pending', 'sending', 'succeeded', 'failed', 'skipped', 'unknown', 'canceled')] [string[]] $Status,
    [string[]] $Code,
    [ValidateSet('pending', 'accepted', 'unknown')] [string] $Redemption,
    [string] $OutFile
  )
  process {
    try {
      $path = "/jobs/$([uri]::EscapeDataString($JobId))/resets"
      $query = @{ status = $Status; code = $Code; redemption = $(if ($Redemption) { $Redemption }) }
      if ($OutFile) {
        $file = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutFile)
        $query.format = 'csv'
        [void] (Invoke-GuestReset -Path $path -Query $query -OutFile $file)
        return Get-Item -LiteralPath $file
      }
      $query.format = 'json'
      $query.pageSize = 1000
      Read-Pages -Path $path -Query $query | ForEach-Object { ConvertTo-GuestResetResult $_ $JobId }
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}
