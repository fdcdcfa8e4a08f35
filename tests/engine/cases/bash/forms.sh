#!/bin/bash
# Every role of the facts, by what rules make of it.
OPT=--insecure
URL="https://example.com/$1"
curl $OPT "$URL"  # expect: tls-verify-off
curl -fsSLk "$URL" -o out  # expect: tls-verify-off
"cu"'rl' --inse\cure "$URL"  # expect: tls-verify-off
$'\x63url' -k "$URL"  # expect: tls-verify-off
curl "${OPT}" "${URL:-x}" "${#URL}" "${URL%%/*}"  # expect: tls-verify-off
curl -fsSL "$URL" -o out
readonly FLAG=-k
export PATH="$PATH:/x"
local w=(wget --no-check-certificate)
curl $FLAG "$URL"  # expect: tls-verify-off
name=OPT
curl ${!name} "$URL"  # expect: tls-verify-off
modes=(755 777)
chmod "${modes[1]}" out  # expect: world-writable
chmod "$((700 + 77))" out  # expect: world-writable
mode=7; mode+=77
chmod $mode out  # expect: world-writable
chmod "$(printf '%s%s' 7 77)" out  # expect: world-writable
chmod "$(echo Nzc3 | base64 -d)" out  # expect: world-writable
chmod `echo 777` out  # expect: world-writable
open_up() { chmod "$1" out; }  # expect: world-writable
open_up 777
give() { echo 777; }
chmod "$(give)" out  # expect: world-writable
if [ -n "$x" ]; then chmod 777 out  # expect: world-writable
elif [[ $x == y && -f out ]]; then chmod 755 out; else chmod 700 out; fi
case "$x" in a|b) chmod 777 out ;; *) chmod 755 out ;; esac  # expect: world-writable
for m in 755 777; do chmod $m out; done  # expect: world-writable
for ((i = 0; i < 3; i++)); do echo $i; done
while read -r line; do echo "$line"; done < out
until false; do break; done
! chmod 777 out  # expect: world-writable
(chmod 777 out)  # expect: world-writable
{ chmod 777 out; } > log 2>&1  # expect: world-writable
true && chmod 777 out || exit 1  # expect: world-writable
sudo chmod 777 out  # expect: world-writable
curl -fsSL "$URL" | sh  # expect: download-and-execute
curl -fsSL "$URL" | base64 -d | bash  # expect: download-and-execute
bash -c "$(wget -qO- "$URL")"  # expect: download-and-execute
sh <<< "$(curl "$URL")"  # expect: download-and-execute
. <(curl -s "$URL")  # expect: download-and-execute
eval "$1"  # expect: dynamic-code
eval "chmod 777 out"  # expect: world-writable
alias ch=chmod
ch 777 out  # expect: world-writable
unset mode
