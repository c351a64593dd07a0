# Loads the module: what the commands share first, then the commands. Files are ASCII, as Windows PowerShell 5.1 reads
# a file without a byte order mark in the code page of the machine.
Set-StrictMode -Version 3.0

# Windows PowerShell loads it only on demand, and some of its machines offer no TLS 1.2 by themselves.
Add-Type -AssemblyName System.Net.Http
if ($PSVersionTable.PSEdition -eq 'Desktop') {
  [Net.ServicePointManager]::SecurityProtocol =
    [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
}

# Whom the commands ask; set by Connect-GuestReset.
$script:Connection = $null

# Classes first: later files name them.
foreach ($file in @('Arguments', 'Words', 'Problems', 'Token', 'Http', 'Objects', 'Wait', 'Submit')) {
  . (Join-Path $PSScriptRoot "Private/$file.ps1")
}
foreach ($file in Get-ChildItem -Path (Join-Path $PSScriptRoot 'Public') -Filter '*.ps1') {
  . $file.FullName
}
