# Runs one script after another, each told as a line of JSON on stdin, and tells on stdout in a line of JSON what came
# of it, stream by stream. What a script sets is there in the next one.
$ErrorActionPreference = 'Continue'
$ProgressPreference = 'SilentlyContinue'

function ConvertTo-Told {
  param($Record)
  $exception = $Record.Exception
  [ordered] @{
    id = $Record.FullyQualifiedErrorId
    category = [string] $Record.CategoryInfo.Category
    message = "$Record"
    action = if ($Record.ErrorDetails) { $Record.ErrorDetails.RecommendedAction }
    code = if ($exception.PSObject.Properties['Code']) { $exception.Code }
    status = if ($exception.PSObject.Properties['StatusCode']) { [int] $exception.StatusCode }
    problem = if ($exception.PSObject.Properties['Problem']) { $exception.Problem }
  }
}

while ($null -ne ($SessionLine = [Console]::In.ReadLine())) {
  $SessionTold = [ordered] @{
    output = [System.Collections.ArrayList]::new(); types = [System.Collections.ArrayList]::new()
    errors = [System.Collections.ArrayList]::new(); warnings = [System.Collections.ArrayList]::new()
    thrown = $null
  }
  try {
    . ([scriptblock]::Create(($SessionLine | ConvertFrom-Json).script)) *>&1 | ForEach-Object {
      if ($_ -is [System.Management.Automation.ErrorRecord]) { [void] $SessionTold.errors.Add((ConvertTo-Told $_)) }
      elseif ($_ -is [System.Management.Automation.WarningRecord]) { [void] $SessionTold.warnings.Add($_.Message) }
      elseif ($_ -is [System.Management.Automation.InformationRecord]) { }
      else {
        [void] $SessionTold.output.Add($_)
        [void] $SessionTold.types.Add($(if ($null -ne $_) { $_.PSObject.TypeNames[0] }))
      }
    }
  } catch {
    $SessionTold.thrown = ConvertTo-Told $_
  }
  $SessionText = ConvertTo-Json -InputObject $SessionTold -Depth 8 -Compress -WarningAction SilentlyContinue
  [Console]::Out.WriteLine("told $SessionText")
}
