/** A self-signed certificate for 127.0.0.1, for tests only; it proves nothing to anybody else. Valid for a hundred years. */
export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBnTCCAUKgAwIBAgIUWWZz7kVyZjEssM20OZJ/u/h4WRYwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPZ2F0ZXdheS5pbnZhbGlkMCAXDTI2MTEyMTIyMzUxMFoYDzIx
MjYxMDI4MjIzNTEwWjAaMRgwFgYDVQQDDA9nYXRld2F5LmludmFsaWQwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAASVLssdYldSlqGZh/21FkGr0GGpJiJk+itMf1Bx
F6AgC149aCqYVx5x8SosP9J4uyltzeq8Lye3ENn25eqP/GJ8o2QwYjAdBgNVHQ4E
FgQUTAtyr8j5bJNZXKLMQ07hWbde7y8wHwYDVR0jBBgwFoAUTAtyr8j5bJNZXKLM
Q07hWbde7y8wDwYDVR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqG
SM49BAMCA0kAMEYCIQD/ynhNau3rLoZGt1WZd9/yN4OUynME/exP/l/nYeEnwgIh
APuxrdQRl2x9NnS4i7sB9desM/r+9Gud+emiwEqP540R
-----END CERTIFICATE-----`

export const testCertificateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgGVHdmZw/HOqG9pMS
uwTWtTbqTrvbzYqAmMPYPZ4XnVuhRANCAASVLssdYldSlqGZh/21FkGr0GGpJiJk
+itMf1BxF6AgC149aCqYVx5x8SosP9J4uyltzeq8Lye3ENn25eqP/GJ8
-----END PRIVATE KEY-----`

/** openssl x509 -noout -fingerprint -sha256 */
export const testFingerprint =
  '9A:55:60:FE:1F:21:49:36:65:D6:40:47:DC:E1:01:24:9C:58:9E:56:0F:66:21:39:A7:9C:7F:A5:7B:F2:02:0C'
