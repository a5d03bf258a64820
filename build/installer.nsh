; The DICOM port must be reachable by the modalities: one inbound rule for the program, on private and domain networks only.
!macro customInstall
  nsExec::Exec 'netsh advfirewall firewall delete rule name="Yingzhan DICOM"'
  nsExec::Exec 'netsh advfirewall firewall add rule name="Yingzhan DICOM" dir=in action=allow program="$INSTDIR\${APP_EXECUTABLE_FILENAME}" protocol=TCP profile=private,domain'
!macroend

!macro customUnInstall
  nsExec::Exec 'netsh advfirewall firewall delete rule name="Yingzhan DICOM"'
!macroend
