@powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0cuepoint.ps1" %*
