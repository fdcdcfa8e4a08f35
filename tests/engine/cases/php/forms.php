<?php
// Every role of the facts, by what rules make of it.
namespace App\Shop;

use App\Tools\Runner as Run;
use function App\Tools\quote;

const MODE = 'des-ede3-cbc';
define('OFF', false);

interface Store { const NAME = 'store'; }
abstract class Base { protected static $algorithm = 'md5'; }
trait Hashing
{
    private function hash($text) { return hash('md5', $text); }  // expect: weak-hash
}
class Shop extends Base implements Store
{
    use Hashing;
    public ?string $mode = 'rc4';
    public function __construct(private int $size = 3, string ...$rest) { $this->name = $rest[0] ?? 'x'; }
    public static function of(): static { return new static(); }
    public function seal($data, $key)
    {
        return openssl_encrypt($data, $this->mode, $key);  // expect: weak-cipher
    }
    public function digest($x) { return hash(self::$algorithm, $x); }  // expect: weak-hash
}
enum Suit: string { case Old = 'sha1'; case New = 'sha256'; }

function choose(array $names, $place = 0) { return $names[$place]; }
$first = choose(['md4', 'sha256']);
hash($first, $x);  // expect: weak-hash
hash(Suit::Old, $x);  // expect: weak-hash
hash(...['md5', $x]);  // expect: weak-hash
hash(algo: 'sha256', data: $x);
openssl_encrypt($data, MODE, $key);  // expect: weak-cipher
curl_setopt($c, CURLOPT_SSL_VERIFYPEER, OFF);  // expect: tls-verify-off
curl_setopt($c, CURLOPT_SSL_VERIFYPEER, !OFF);

// texts
$a = "m{$d}5" . 'x' . <<<TEXT
    chmod $x
    TEXT . <<<'RAW'
    md5
    RAW;
hash("m" . 'd' . 5, $x);  // expect: weak-hash
$kept = <<<H
md5
H;
hash($kept, $x);  // expect: weak-hash

// flow
if ($x) { $alg = 'md5'; } elseif ($y) { $alg = 'sha1'; } else { $alg = 'sha256'; }
hash($alg, $x);  // expect: weak-hash
switch ($x) { case 1: $way = 'sha512'; break; default: $way = 'sha256'; }
hash($way, $x);
$way = match (true) { $x > 1 => 'sha256', default => 'sha512' };
hash($way, $x);
foreach (['md5', 'sha256'] as $number => $name) { hash($name, $x); }  // expect: weak-hash
for ($i = 0; $i < 3; $i++) { $last = $i; }
while ($x) { break; }
do { $x--; } while ($x);
try { hash('sha256', $x); } catch (\Exception $e) { hash('md5', $x); } finally { hash('sha256', $x); }  // expect: weak-hash
[$one, [$two]] = ['sha256', ['md5']];
hash($two, $x);  // expect: weak-hash
['k' => $k] = ['k' => 'md5'];
list($p, $q) = ['md5', 'sha256'];
hash($q, $x);
$s = 'm'; $s .= 'd5';
hash($s, $x);  // expect: weak-hash
$t ??= 'sha256';
hash($x ? 'md5' : 'sha256', $x);  // expect: weak-hash
hash($none ?: 'sha256', $x);
unset($s);
static fn() => hash('md5', $x);  // expect: weak-hash
$h = function ($alg) use ($x) { global $g; return hash($alg, $x); };
$h('sha256');
$o = new class { public $alg = 'md5'; };
hash($o->alg, $x);  // expect: weak-hash
hash($o?->alg, $x);  // expect: weak-hash
(clone $o)->run();
$name = 'ha' . 'sh';
$name('md5', $x);  // expect: weak-hash
$var = 'first';
hash($$var, $x);  // expect: weak-hash
@hash('md5', $x);  // expect: weak-hash
print hash((string) 'sha256', $x) and $x instanceof Shop or -1 ** 2;
function counted() { yield 1; throw new \Exception('x'); }
goto end;
end:
`date`;
HASH('md5', $x);  // expect: weak-hash
\hash('md5', $x);  // expect: weak-hash
