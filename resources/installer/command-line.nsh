; The command line on Windows: the folder bin beside the program, on the person's PATH where they say so. PowerShell writes
; the PATH, since NSIS cuts long texts.

!macro customInstall
  MessageBox MB_YESNO|MB_ICONQUESTION "Put the command line 'cuepoint' on your PATH?" /SD IDNO IDNO without_path
    nsExec::Exec 'powershell -NoProfile -ExecutionPolicy Bypass -File "$INSTDIR\bin\on-path.ps1" add'
    Pop $0
  without_path:
!macroend

!macro customUnInstall
  ; A newer version that takes this one's place keeps what was chosen.
  ${ifNot} ${isUpdated}
    nsExec::Exec 'powershell -NoProfile -ExecutionPolicy Bypass -File "$INSTDIR\bin\on-path.ps1" remove'
    Pop $0
  ${endIf}
!macroend
