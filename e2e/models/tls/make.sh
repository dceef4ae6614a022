#!/bin/sh
# Makes the certificates that tests of TLS use: an authority that nobody knows, and what it signed. They hold for a
# century; the keys are for tests alone.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
touch "$work/index"
cat >"$work/conf" <<END
[req]
distinguished_name = name
[name]
[ca]
default_ca = lab
[lab]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost,IP:127.0.0.1
[other-name]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:gpu.lab
END
sign() { # key, subject, extensions, out, further options
  openssl req -new -key "$1" -subj "/CN=$2" -config "$work/conf" -out "$work/request"
  extensions=$3 out=$4
  shift 4
  openssl ca -batch -notext -config "$work/conf" -startdate 20200101000000Z -enddate 21200101000000Z \
    -extensions "$extensions" -in "$work/request" -out "$out" -keyfile "$work/authority.key" "$@"
}
for key in "$work/authority.key" server.key; do openssl ecparam -name prime256v1 -genkey -noout -out "$key"; done
sign "$work/authority.key" 'Test Lab Authority' authority authority.pem -selfsign
sign server.key gpu.lab server server.pem -cert authority.pem
sign server.key gpu.lab other-name other-name.pem -cert authority.pem
