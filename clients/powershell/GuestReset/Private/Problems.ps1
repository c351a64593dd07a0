# What goes wrong, as PowerShell tells it: an ErrorRecord with the stable code of the service.

class GuestResetException : System.Exception {
  # Stable: docs/errors.md has them all.
  [string] $Code
  # Of HTTP; 0 where the service was not asked, or did not answer.
  [int] $StatusCode
  # The problem as the service told it (RFC 9457), if it did.
  [object] $Problem

  GuestResetException([string] $code, [int] $statusCode, [string] $message, [object] $problem, [Exception] $cause) :
  base($message, $cause) {
    $this.Code = $code
    $this.StatusCode = $statusCode
    $this.Problem = $problem
  }
}

# @returns an ErrorRecord whose id is the code
function New-GuestResetError {
  param(
    [Parameter(Mandatory)] [string] $Code,
    [Parameter(Mandatory)] [string] $Message,
    [System.Management.Automation.ErrorCategory] $Category = 'NotSpecified',
    [int] $StatusCode = 0,
    [string] $RecommendedAction,
    [object] $Problem,
    [object] $TargetObject,
    [Exception] $Cause
  )
  $exception = [GuestResetException]::new($Code, $StatusCode, $Message, $Problem, $Cause)
  $record = [System.Management.Automation.ErrorRecord]::new($exception, $Code, $Category, $TargetObject)
  $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($Message)
  if ($RecommendedAction) { $record.ErrorDetails.RecommendedAction = $RecommendedAction }
  return $record
}

# How many of the rows that are wrong an error tells; the problem itself has up to a hundred.
$script:ToldRows = 10

# @param Answer of the service, with a status of 400 or more
function ConvertTo-ProblemError {
  param([Parameter(Mandatory)] $Answer)
  $problem = $Answer.Body
  $code = Read-Member $problem 'code'
  if ($null -eq $code) {
    # Whatever stands in front of the service: App Service authentication refuses so what is no token for the app.
    $isSignIn = $Answer.Status -eq 401
    $unexplained = @{
      Code         = if ($isSignIn) { 'notSignedIn' } else { 'unexpectedAnswer' }
      StatusCode   = $Answer.Status
      Category     = Get-CategoryOf $Answer.Status
      TargetObject = $Answer.Request
      Message      = if ($isSignIn) {
        'The token was not taken: it has ended, or is for another app. Sign in once more with Connect-GuestReset.'
      } else {
        "The answer to $($Answer.Request) has the status $($Answer.Status), and does not say why. " +
        'Is this the address of a guest-reset service, and does nothing else answer in its place?'
      }
    }
    return New-GuestResetError @unexplained
  }
  $said = [System.Collections.Generic.List[string]]::new()
  $said.Add((ConvertTo-CommandWords ([string] $problem.detail)))
  $errors = @(Read-Member $problem 'errors')
  # What is wrong with the whole, and not with a row, may be all that the first sentence says.
  $further = @($errors | Where-Object {
      $null -ne (Read-Member $_ 'row') -or -not "$($problem.detail)".StartsWith("$(Read-Member $_ 'message')")
    })
  foreach ($each in $further | Select-Object -First $script:ToldRows) {
    $place = @(
      if ($null -ne (Read-Member $each 'row')) { "row $($each.row)" }
      if ($null -ne (Read-Member $each 'field')) { [string] $each.field }
    ) -join ', '
    $said.Add("  $(if ($place) { "${place}: " })$(ConvertTo-CommandWords $each.message) ($($each.code))")
  }
  $count = [Math]::Max([int] (Read-Member $problem 'errorCount'), $errors.Count)
  if ($count -gt $script:ToldRows) { $said.Add("  ... and $($count - $script:ToldRows) more.") }
  $action = @(Get-NextStep $problem) -join ' '
  # PowerShell 7 shows the recommended action below the message, Windows PowerShell nowhere.
  if ($action -and $PSVersionTable.PSEdition -eq 'Desktop') { $said.Add($action) }
  if (-not $action) {
    $action = "$($problem.type) explains it; in the logs it is trace $(Read-Member $problem 'traceId')."
  }
  $explained = @{
    Code              = $code
    Category          = Get-CategoryOf $Answer.Status
    StatusCode        = $Answer.Status
    Message           = $said -join [Environment]::NewLine
    Problem           = $problem
    TargetObject      = $Answer.Request
    RecommendedAction = $action
  }
  return New-GuestResetError @explained
}

# What to type next, where the service cannot know it.
function Get-NextStep {
  param($Problem)
  switch ($Problem.code) {
    'duplicateSubmission' {
      "See the earlier job with: Get-GuestResetJob -Id $($Problem.earlierJob.id). " +
      'To submit all the same: -AllowDuplicate.'
    }
    'notSignedIn' { 'Sign in once more with: Connect-GuestReset.' }
    'stopChanged' { 'Look with Get-GuestResetJob why nothing is sent now. To lift that: the same command once more.' }
    'nothingToRetry' { 'Say -Status failed, canceled, skipped or unknown: which guests to reset once more.' }
    'idempotencyKeyReused' { 'Leave -IdempotencyKey out, or say another one.' }
  }
}

function Get-CategoryOf {
  param([int] $Status)
  switch ($Status) {
    400 { 'InvalidArgument' }
    401 { 'AuthenticationError' }
    403 { 'PermissionDenied' }
    404 { 'ObjectNotFound' }
    408 { 'OperationTimeout' }
    409 { 'ResourceExists' }
    413 { 'LimitsExceeded' }
    415 { 'InvalidType' }
    422 { 'InvalidOperation' }
    429 { 'LimitsExceeded' }
    503 { 'ResourceUnavailable' }
    default { 'InvalidResult' }
  }
}
