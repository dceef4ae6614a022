; The command line on Windows: bin\cuepoint.cmd and .ps1 beside the program, on the person's PATH where they say so. PowerShell
; writes the PATH, since NSIS cuts long texts.

!macro customInstall
  CreateDirectory "$INSTDIR\bin"
  FileOpen $0 "$INSTDIR\bin\cuepoint.cmd" w
  ; A program with windows prints into a pipe, not into the console that started it. PowerShell hands on both outputs, line
  ; by line, and the exit code.
  FileWrite $0 '@powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0cuepoint.ps1" %*$\r$\n'
  FileClose $0
  FileOpen $0 "$INSTDIR\bin\cuepoint.ps1" w
  FileWrite $0 "[Console]::OutputEncoding = [Text.UTF8Encoding]::new($$false)$\r$\n"
  FileWrite $0 "& (Join-Path $$PSScriptRoot '..\Cuepoint.exe') --cli @args 2>&1 | ForEach-Object {$\r$\n"
  FileWrite $0 "  if ($$_ -is [Management.Automation.ErrorRecord]) { [Console]::Error.WriteLine($$_.Exception.Message) }$\r$\n"
  FileWrite $0 "  else { [Console]::Out.WriteLine($$_) }$\r$\n"
  FileWrite $0 "}$\r$\n"
  FileWrite $0 "exit $$LASTEXITCODE$\r$\n"
  FileClose $0
  MessageBox MB_YESNO|MB_ICONQUESTION "Put the command line 'cuepoint' on your PATH?" /SD IDNO IDNO without_path
    nsExec::Exec `powershell -NoProfile -Command "$$bin='$INSTDIR\bin'; $$old=[Environment]::GetEnvironmentVariable('Path','User'); if (($$old -split ';') -notcontains $$bin) { [Environment]::SetEnvironmentVariable('Path', (@($$old.TrimEnd(';'), $$bin) -ne '') -join ';', 'User') }"`
    Pop $0
  without_path:
!macroend

!macro customUnInstall
  nsExec::Exec `powershell -NoProfile -Command "$$bin='$INSTDIR\bin'; $$old=[Environment]::GetEnvironmentVariable('Path','User'); [Environment]::SetEnvironmentVariable('Path', (($$old -split ';') -ne $$bin) -join ';', 'User')"`
  Pop $0
  Delete "$INSTDIR\bin\cuepoint.cmd"
  Delete "$INSTDIR\bin\cuepoint.ps1"
  RMDir "$INSTDIR\bin"
!macroend
