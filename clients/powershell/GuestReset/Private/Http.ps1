# One way to ask the service, for both editions of PowerShell: HttpClient, which both have. Repeats what may be
# repeated, and waits where the service asks to wait.

# Of one try. A submission has as long as the service takes for one (300 s), and a little more.
$script:AnswerWithin = [TimeSpan]::FromSeconds(120)
$script:SubmitWithin = [TimeSpan]::FromSeconds(330)
# After a lost answer; doubled each time.
$script:FirstPause = [TimeSpan]::FromSeconds(1)
# Ctrl-C is heard between two looks at a request.
$script:LookEveryMs = 100

# Codes whose answer a later time does not change by itself, whatever their status.
$script:NeverRepeated = @('notConfigured', 'authenticationNotConfigured', 'requestNotMatched')

# @returns a client with which all requests of a connection go out
function New-HttpClient {
  $handler = [System.Net.Http.HttpClientHandler]::new()
  # A token goes nowhere but to the address that was named.
  $handler.AllowAutoRedirect = $false
  $client = [System.Net.Http.HttpClient]::new($handler)
  # Each request has a time of its own.
  $client.Timeout = [System.Threading.Timeout]::InfiniteTimeSpan
  [void] $client.DefaultRequestHeaders.TryAddWithoutValidation('User-Agent', 'GuestReset-PowerShell')
  return $client
}

# @returns the connection that the commands use; throws where there is none
function Get-Connection {
  if ($null -ne $script:Connection) { return $script:Connection }
  throw (New-GuestResetError -Code 'notConnected' -Category ConnectionError -Message (
      'No service was named yet. Begin with: Connect-GuestReset -Url https://<your service>/api'))
}

# Asks the service until it answers otherwise than to wait, or patience is over.
# @param Query names and values; those that are $null are left out
# @param Content a script that makes the body anew for each try
# @param OutFile where the body of the answer goes, as it comes
# @param Once of what twice is more than once: goes out a single time, whatever comes of it
# @returns Status, Body (the JSON, read), RetryAfter in seconds; throws an ErrorRecord for any refusal
function Invoke-GuestReset {
  param(
    $Connection = (Get-Connection),
    [string] $Method = 'GET',
    [Parameter(Mandatory)] [string] $Path,
    [System.Collections.IDictionary] $Query = @{},
    [string] $IdempotencyKey,
    [scriptblock] $Content,
    [string] $OutFile,
    [switch] $Anonymous,
    [switch] $Once
  )
  $request = @{
    Method = $Method; Path = $Path; Query = $Query; Key = $IdempotencyKey; Content = $Content; OutFile = $OutFile
    Anonymous = [bool] $Anonymous
  }
  $giveUpAt = [DateTime]::UtcNow + $Connection.Patience
  $pause = $script:FirstPause
  $wasSignedInAnew = $false
  while ($true) {
    $answer = Send-Once -Connection $Connection @request
    if ($null -eq $answer.Failure -and $answer.Status -lt 300 -and -not $answer.IsForeign) { return $answer }
    $code = Read-Member $answer.Body 'code'
    if ($answer.Status -eq 401 -and -not $wasSignedInAnew -and $null -ne $Connection.TokenSource -and
      $Connection.TokenSource -isnot [securestring]) {
      # The token may have been taken back before its end.
      [void] (Get-Token -Connection $Connection -Anew)
      $wasSignedInAnew = $true
      continue
    }
    $waits = if (-not $Once) { Get-WaitBeforeRepeat -Answer $answer -Code $code -Pause $pause }
    if ($null -eq $waits -or [DateTime]::UtcNow + $waits -gt $giveUpAt) {
      throw (ConvertTo-RequestError $answer $request)
    }
    if ($waits -eq $pause) { $pause = $pause + $pause }
    $why = Read-Member $answer.Body 'detail'
    if (-not $why) {
      $why = if ($null -ne $answer.Failure) { $answer.Failure.Message } else { "status $($answer.Status)." }
    }
    $why = ConvertTo-CommandWords $why
    Write-Verbose "$($answer.Request): $why Asking again in $($waits.TotalSeconds) s."
    Wait-WithProgress -For $waits -Why $why
  }
}

# How long to wait before the same request goes out once more; nothing where it must not, or would not help.
function Get-WaitBeforeRepeat {
  param($Answer, [string] $Code, [TimeSpan] $Pause)
  # Reads, submissions with their key, and changes that add nothing the second time. A resume that names no stop goes
  # out once: a second one could lift the next stop, or approve.
  if ($null -ne $Answer.Failure) { return $Pause }
  if ($Code -in $script:NeverRepeated) { return $null }
  $asked = [TimeSpan]::FromSeconds([Math]::Max(1, $Answer.RetryAfter))
  if ($Answer.Status -in @(429, 502, 503, 504) -or $Code -eq 'submissionInProgress') { return $asked }
  if ($Answer.Status -eq 500) { return $Pause }
  return $null
}

function Wait-WithProgress {
  param([TimeSpan] $For, [string] $Why)
  $bar = @{ Id = 2; Activity = 'Waiting before asking once more' }
  $until = [DateTime]::UtcNow + $For
  while (($left = ($until - [DateTime]::UtcNow).TotalSeconds) -gt 0) {
    if ($For.TotalSeconds -ge 3) {
      Write-Progress @bar -Status $Why -SecondsRemaining ([Math]::Ceiling($left))
    }
    Start-Sleep -Milliseconds ([int] [Math]::Min(1000, 1 + $left * 1000))
  }
  if ($For.TotalSeconds -ge 3) { Write-Progress @bar -Completed }
}

# One try. @returns Status and Body, or Failure where no answer came: then it may have arrived, or not.
function Send-Once {
  param(
    [Parameter(Mandatory)] $Connection,
    [string] $Method, [string] $Path, $Query, [string] $Key, [scriptblock] $Content, [string] $OutFile,
    [bool] $Anonymous
  )
  $said = @(foreach ($name in $Query.Keys) {
      if ($null -ne $Query[$name]) { "$name=$([uri]::EscapeDataString((ConvertTo-QueryText $Query[$name])))" }
    })
  $address = $Connection.Url + $Path + $(if ($said.Count -gt 0) { '?' + ($said -join '&') })
  $answer = [pscustomobject] @{
    Request = "$Method $($Connection.Url)$Path"; Status = 0; Body = $null; RetryAfter = 0; Failure = $null
    # A success of whatever stands in front of the service, such as a page to sign in.
    IsForeign = $false
  }
  $token = if (-not $Anonymous) { Get-Token -Connection $Connection }
  $within = if ($null -ne $Content) { $script:SubmitWithin } else { $script:AnswerWithin }
  $cancel = [System.Threading.CancellationTokenSource]::new($within)
  $request = [System.Net.Http.HttpRequestMessage]::new([System.Net.Http.HttpMethod]::new($Method), $address)
  $response = $null
  try {
    if ($token) {
      $request.Headers.Authorization = [System.Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', $token)
    }
    if ($Key) { [void] $request.Headers.TryAddWithoutValidation('Idempotency-Key', $Key) }
    if ($null -ne $Content) {
      $request.Content = & $Content
      # In pieces: the platform keeps a body with a length whole in memory before the service sees any of it.
      $request.Headers.TransferEncodingChunked = $true
    } elseif ($Method -eq 'POST') {
      # Of a request without a body .NET sends another by itself where a kept connection ends before the answer.
      $request.Content = [System.Net.Http.StringContent]::new('{}', [System.Text.Encoding]::UTF8, 'application/json')
    }
    $option = [System.Net.Http.HttpCompletionOption]::ResponseHeadersRead
    $response = Wait-Task $Connection.Client.SendAsync($request, $option, $cancel.Token)
    $answer.Status = [int] $response.StatusCode
    $answer.RetryAfter = Get-RetryAfter $response
    # That something is deleted may be answered with the status alone.
    $kind = if ($OutFile) { '^text/csv' } elseif ($Method -eq 'DELETE') { 'json|^$' } else { 'json' }
    $answer.IsForeign = $answer.Status -lt 300 -and "$($response.Content.Headers.ContentType)" -notmatch $kind
    if ($OutFile -and $answer.Status -eq 200 -and -not $answer.IsForeign) {
      Save-Body $response $OutFile $cancel.Token
    } else {
      $answer.Body = ConvertFrom-Body $response (Wait-Task $response.Content.ReadAsStringAsync())
    }
  } catch [System.Management.Automation.PipelineStoppedException] {
    throw
  } catch {
    $cause = Get-Cause $_.Exception
    if ($cause -isnot [System.Net.Http.HttpRequestException] -and $cause -isnot [System.IO.IOException] -and
      $cause -isnot [System.OperationCanceledException] -and $cause -isnot [System.Net.WebException]) { throw }
    $answer.Failure = $cause
  } finally {
    # Ctrl-C comes here, too, and ends what is on its way.
    $cancel.Cancel()
    if ($null -ne $response) { $response.Dispose() }
    $request.Dispose()
    $cancel.Dispose()
  }
  return $answer
}

# The result of a task. Looks again and again, as Ctrl-C is not heard while a method of .NET waits.
function Wait-Task {
  param([Parameter(Mandatory)] [System.Threading.Tasks.Task] $Task)
  while (-not $Task.IsCompleted) {
    try { [void] $Task.Wait($script:LookEveryMs) } catch [System.AggregateException] { break }
  }
  return $Task.GetAwaiter().GetResult()
}

function Get-Cause {
  param([Exception] $Exception)
  while ($null -ne $Exception.InnerException -and ($Exception -is [System.Management.Automation.RuntimeException] -or
      $Exception -is [System.AggregateException])) {
    $Exception = $Exception.InnerException
  }
  return $Exception
}

function Get-RetryAfter {
  param($Response)
  $said = $Response.Headers.RetryAfter
  if ($null -eq $said) { return 0 }
  if ($null -ne $said.Delta) { return [Math]::Ceiling($said.Delta.TotalSeconds) }
  return [Math]::Max(0, [Math]::Ceiling(($said.Date - [DateTimeOffset]::UtcNow).TotalSeconds))
}

# Into a file beside it first: whoever finds the file finds all of it. Only its owner may read it, as it may hold redeem
# URLs; in Windows the folder says who may.
function Save-Body {
  param($Response, [string] $Path, $Token)
  $part = "$Path.part"
  if ([System.IO.File]::Exists($part)) { [System.IO.File]::Delete($part) }
  try {
    $file = New-OwnFile $part
    try {
      $body = Wait-Task $Response.Content.ReadAsStreamAsync()
      $buffer = [byte[]]::new(65536)
      while (($count = Wait-Task $body.ReadAsync($buffer, 0, $buffer.Length, $Token)) -gt 0) {
        $file.Write($buffer, 0, $count)
      }
    } finally {
      $file.Dispose()
    }
    if ([System.IO.File]::Exists($Path)) { [System.IO.File]::Delete($Path) }
    [System.IO.File]::Move($part, $Path)
  } finally {
    # What came is not all of it.
    if ([System.IO.File]::Exists($part)) { [System.IO.File]::Delete($part) }
  }
}

# @returns a stream into a file that is made
function New-OwnFile {
  param([string] $Path)
  # .NET Framework knows nothing of such rights.
  if ([System.IO.Path]::DirectorySeparatorChar -eq '\') { return [System.IO.File]::Create($Path) }
  $options = [System.IO.FileStreamOptions]::new()
  $options.Mode = [System.IO.FileMode]::CreateNew
  $options.Access = [System.IO.FileAccess]::Write
  $options.UnixCreateMode = [System.IO.UnixFileMode]::UserRead -bor [System.IO.UnixFileMode]::UserWrite
  return [System.IO.FileStream]::new($Path, $options)
}

function ConvertTo-RequestError {
  param($Answer, $Request)
  if ($null -eq $Answer.Failure) { return ConvertTo-ProblemError $Answer }
  $cause = $Answer.Failure
  $message = if ($cause -is [System.OperationCanceledException]) { 'No answer came in time.' } else { $cause.Message }
  if ($null -ne $cause.InnerException) { $message += " $($cause.InnerException.Message)" }
  $action = if ($Request.Path -match '/resume$') {
    'Whether it was lifted is not known. Look with Get-GuestResetJob before another resume, which lifts what is ' +
    'shown then.'
  } elseif ($Request.Key -and -not $Request.Query['dryRun']) {
    'Whether it was taken is not known. The same command once more with ' +
    "-IdempotencyKey '$($Request.Key)' submits it, if it was not, and else gives the same job."
  } else { 'Look whether the address is right and the service is up, and try again.' }
  return New-GuestResetError -Code 'noAnswer' -Category ConnectionError -Cause $cause -RecommendedAction $action `
    -TargetObject $Answer.Request -Message "$($Answer.Request): $message $action"
}

function ConvertTo-QueryText {
  param($Value)
  if ($Value -is [bool]) { return "$Value".ToLowerInvariant() }
  if ($Value -is [DateTime]) {
    return $Value.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [cultureinfo]::InvariantCulture)
  }
  if ($Value -is [array]) { return ($Value -join ',') }
  return [Convert]::ToString($Value, [cultureinfo]::InvariantCulture)
}
