# The command line. A program with windows prints into a pipe, not into the console that started it: both outputs are
# handed on line by line, and the exit code.
[Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)
& (Join-Path $PSScriptRoot '..\Cuepoint.exe') --cli @args 2>&1 | ForEach-Object {
  if ($_ -is [Management.Automation.ErrorRecord]) { [Console]::Error.WriteLine($_.Exception.Message) }
  else { [Console]::Out.WriteLine($_) }
}
exit $LASTEXITCODE
