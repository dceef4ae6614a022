# Puts this folder on the person's PATH, or takes it away: `on-path.ps1 add`, `on-path.ps1 remove`. What else is on it stays
# in its order.
param([Parameter(Mandatory)] [ValidateSet('add', 'remove')] [string] $What)
$others = @([Environment]::GetEnvironmentVariable('Path', 'User') -split ';' | Where-Object { $_ -ne '' -and $_ -ne $PSScriptRoot })
$all = if ($What -eq 'add') { $others + $PSScriptRoot } else { $others }
[Environment]::SetEnvironmentVariable('Path', $all -join ';', 'User')
