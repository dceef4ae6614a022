; The command line on Windows: bin\cuepoint.cmd beside the program, on the person's PATH where they say so. PowerShell
; writes the PATH, since NSIS cuts long texts.

!macro customInstall
  CreateDirectory "$INSTDIR\bin"
  FileOpen $0 "$INSTDIR\bin\cuepoint.cmd" w
  ; A program with windows prints into a pipe, not into the console that started it.
  FileWrite $0 '@"%~dp0..\Cuepoint.exe" --cli %* | more$\r$\n'
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
  RMDir "$INSTDIR\bin"
!macroend
