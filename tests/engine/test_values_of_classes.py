"""What is known of an expression in languages in which all code stands in classes and names have types.

Rows as in test_values: statements, and what `probe(...)` is handed or what is called. Members stand before `---`.
"""

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.rule import Catalogue, Match, MatchKind, Rule
from gifthorse.store.catalogue import load_catalogue

LANGUAGES = ("java", "kotlin", "csharp")
NAMES = {"java": "A.java", "kotlin": "A.kt", "csharp": "A.cs"}
AROUND = {
    "java": """package m;
import java.util.*;
import java.security.MessageDigest;
import static org.tool.Danger.run;
import org.tool.Danger;
class A extends Base {
MEMBERS
    void f(String name, int n, Danger given) throws Exception {
STATEMENTS
    }
}
""",
    "kotlin": """package m
import java.util.*
import java.security.MessageDigest as Digest
import org.tool.Danger
class A : Base() {
MEMBERS
    fun f(name: String, n: Int, given: Danger) {
STATEMENTS
    }
}
""",
    "csharp": """using System;
using System.Text;
using D = Org.Tool.Danger;
namespace M
{
    class A : Base
    {
MEMBERS
        void F(string name, int n, Danger given)
        {
STATEMENTS
        }
    }
}
""",
}


def report_rule(name: str, callees: tuple[str, ...], predicate: str, message: str) -> Rule:
    match = Match(MatchKind.CALL, LANGUAGES, callees, {"0": (predicate,)} if predicate else {})
    return Rule(name, "test", (1,), Severity.HIGH, Confidence.HIGH, name, message, "", "", (), (match,), ())


RULES = (
    report_rule("value", ("probe",), "present", "{value}"),
    report_rule("closed", ("probe",), "constant", ""),
    report_rule("built", ("probe",), "built", ""),
    report_rule("run", ("**Danger.*", "**Danger().*", "org.tool.Danger().go"), "", "{callee}"),
    report_rule("random", ("java.util.Random", "java.util.Random().next*"), "", "{callee}"),
)


@pytest.fixture(scope="module")
def watched() -> Catalogue:
    shipped = load_catalogue()
    return Catalogue({rule.id: rule for rule in RULES}, shipped.languages, "values")


def code_of(language: str, row: str) -> str:
    """The row inside a class."""
    members, _, statements = row.rpartition("---")
    return AROUND[language].replace("MEMBERS", members).replace("STATEMENTS", statements)


def seen(language: str, row: str, catalogue: Catalogue) -> str:
    """The value handed to `probe`, with `closed` or `built` where it is that."""
    report = inspect(code_of(language, row).encode(), NAMES[language], None, catalogue).report
    assert not report.incomplete
    shown = {finding.rule: finding.message for finding in report.findings}
    return " ".join([shown.get("value", "no call"), *(word for word in ("closed", "built") if word in shown)])


JAVA = [
    # literals
    ("probe(false);", "false closed"),
    ("probe(0xFFL);", "255 closed"),
    ("probe(1_000);", "1000 closed"),
    ("probe(1.5f);", "1.5 closed"),
    ("probe('x');", '"x" closed'),
    ('probe("a\\u0062\\n");', '"ab\\n" closed'),
    ('probe("""\n        md5\n        """);', '"md5" closed'),
    ("probe(null);", "null closed"),
    ("probe(new byte[]{1, 2});", "[1, 2] closed"),
    ("byte[] b = {1, 2}; probe(b);", "[1, 2] closed"),
    ("probe(new byte[2]);", '"\\x00\\x00" closed'),
    # computed constants
    ("probe(!true);", "false closed"),
    ("probe(1 > 2 || false);", "false closed"),
    ("probe((int) 3 * 4);", "12 closed"),
    ('probe("MD5".length() > 9);', "false closed"),
    ('probe("abc".isEmpty());', "false closed"),
    ('probe(Boolean.parseBoolean("no"));', "false closed"),
    ('probe(Integer.parseInt("7"));', "7 closed"),
    ('probe(n > 1 ? "md5" : "md5");', '"md5" closed'),
    # string assembly
    ('probe("m" + "d" + 5);', '"md5" closed'),
    ('probe("MD5".toLowerCase());', '"md5" closed'),
    ('probe("xmd5".substring(1));', '"md5" closed'),
    ('probe("m".concat("d5"));', '"md5" closed'),
    ('probe(String.join("", "m", "d5"));', '"md5" closed'),
    ('probe(String.join("-", List.of("m", "d5")));', '"m-d5" closed'),
    ('probe(String.format("%s%d", "md", 5));', '"md5" closed'),
    ('probe("%s5".formatted("md"));', '"md5" closed'),
    ('probe(new StringBuilder("5dm").reverse().toString());', '"md5" closed'),
    (
        'StringBuilder s = new StringBuilder(); s.append("m").append("d"); s.append(5); probe(s.toString());',
        '"md5" closed',
    ),
    ('StringBuilder s = new StringBuilder("SELECT "); s.append(name); probe(s.toString());', "a computed value built"),
    ('probe(new String(Base64.getDecoder().decode("bWQ1")));', '"md5" closed'),
    ("probe(new String(new char[]{109, 100, 53}));", '"md5" closed'),
    ('String s = "m"; s += "d5"; probe(s);', '"md5" closed'),
    ('probe("SELECT " + name);', "a computed value built"),
    ('probe(String.format("SELECT %s", name));', "a computed value built"),
    ('probe(String.format("SELECT %d", n));', "a computed value"),
    # containers
    ('Map<String, String> m = new HashMap<>(); m.put("k", "md5"); probe(m.get("k"));', '"md5" closed'),
    ('probe(Map.of("a", 1, "b", 2).get("b"));', "2 closed"),
    ('probe(Arrays.asList("a", "md5").get(1));', '"md5" closed'),
    ('probe(new String[]{"a", "md5"}[1]);', '"md5" closed'),
    ('List<String> l = new ArrayList<>(); l.add("md5"); probe(l.get(0));', '"md5" closed'),
    # methods, fields, classes, lambdas
    ('private static final String ALG = "md5";---probe(ALG);', '"md5" closed'),
    ('private static final String ALG = "md5";---probe(A.ALG);', '"md5" closed'),
    ('private final String alg; A() { this.alg = "md5"; }---probe(this.alg);', '"md5" closed'),
    ('private final String alg; A() { alg = "md5"; }---probe(alg);', '"md5" closed'),
    ('String alg() { return "md5"; }---probe(alg());', '"md5" closed'),
    ('static String id(String s) { return s; }---probe(A.id("md5"));', '"md5" closed'),
    (
        'String two(String a) { return two(a, "5"); }\nString two(String a, String b) { return a + b; }---probe(two("md"));',
        '"md5" closed',
    ),
    (
        'static class C { String v; C(String v) { this.v = v; } String get() { return v; } }---probe(new C("md5").get());',
        '"md5" closed',
    ),
    ('record P(int x, String y) {}---probe(new P(1, "md5").y);', '"md5" closed'),
    ('record P(int x, String y) {}---probe(new P(1, "md5").y());', '"md5" closed'),
    ('static class B0 { String v = "md5"; } static class C extends B0 {}---probe(new C().v);', '"md5" closed'),
    ("java.util.function.Function<Boolean, Boolean> g = x -> !x; probe(g.apply(true));", "false closed"),
    ('java.util.function.Supplier<String> g = () -> { return "md5"; }; probe(g.get());', '"md5" closed'),
    # flow
    ('String s; if (n > 1) { s = "md5"; } else { s = "md5"; } probe(s);', '"md5" closed'),
    ('String s = switch (n) { case 1 -> "md5"; default -> "md5"; }; probe(s);', '"md5" closed'),
    ('String s; switch (n) { case 1: s = "md5"; break; default: s = "md5"; } probe(s);', '"md5" closed'),
    ('String s = ""; for (String p : new String[]{"m", "d5"}) { s += p; } probe(s);', '"md5" closed'),
    ('String s = "md5"; try { s = read(); } catch (Exception e) { } probe(s);', "a computed value closed"),
    ("probe(name);", "name"),
    ("byte[] iv = new byte[2]; random.nextBytes(iv); probe(iv);", "a computed value"),
]


KOTLIN = [
    ('probe("~md5".removePrefix("~"))', '"md5" closed'),
    # literals
    ("probe(false)", "false closed"),
    ("probe(0xFFL)", "255 closed"),
    ("probe('x')", '"x" closed'),
    ('probe("""md5""")', '"md5" closed'),
    ('val d = "d5"\nprobe("m$d")', '"md5" closed'),
    ('val d = "d5"\nprobe("m${d}")', '"md5" closed'),
    ('val d = "d5"\nprobe("${"m"}$d")', '"md5" closed'),
    ('probe("SELECT $name")', "a computed value built"),
    ('probe("\\$name")', '"$name" closed'),
    ("probe(null)", "null closed"),
    ("probe(byteArrayOf(1, 2))", "[1, 2] closed"),
    ("probe(ByteArray(2))", '"\\x00\\x00" closed'),
    # computed constants
    ("probe(!true)", "false closed"),
    ("probe(true.not())", "false closed"),
    ('probe("MD5".length > 9)', "false closed"),
    ('probe("7".toInt())', "7 closed"),
    ('probe(if (n > 1) "md5" else "md5")', '"md5" closed'),
    ('val s = when (n) {\n1 -> "md5"\nelse -> "md5"\n}\nprobe(s)', '"md5" closed'),
    # string assembly
    ('probe("m" + "d" + 5)', '"md5" closed'),
    ('probe("MD5".lowercase())', '"md5" closed'),
    ('probe("5dm".reversed())', '"md5" closed'),
    ('probe(listOf("m", "d5").joinToString(""))', '"md5" closed'),
    ('probe("%s%d".format("md", 5))', '"md5" closed'),
    ('probe(String(Base64.getDecoder().decode("bWQ1")))', '"md5" closed'),
    ('val s = StringBuilder()\ns.append("m").append("d5")\nprobe(s.toString())', '"md5" closed'),
    # containers
    ('probe(mapOf("k" to "md5")["k"])', '"md5" closed'),
    ('val m = mutableMapOf<String, String>()\nm["k"] = "md5"\nprobe(m["k"])', '"md5" closed'),
    ('probe(arrayOf("a", "md5")[1])', '"md5" closed'),
    ('val (a, b) = listOf("x", "md5")\nprobe(b)', '"md5" closed'),
    # functions, members, lambdas
    ('private val alg = "md5"\n---probe(alg)', '"md5" closed'),
    ('companion object {\nconst val ALG = "md5"\n}\n---probe(ALG)', '"md5" closed'),
    ('fun alg(): String = "md5"\n---probe(alg())', '"md5" closed'),
    ('fun alg(): String {\nreturn "md5"\n}\n---probe(alg())', '"md5" closed'),
    ('fun two(a: String, b: String = "5") = a + b\n---probe(two("md"))', '"md5" closed'),
    ('class P(val x: Int, val y: String)\n---probe(P(1, "md5").y)', '"md5" closed'),
    ('class P(val x: Int, val y: String)\n---probe(P(x = 1, y = "md5").y)', '"md5" closed'),
    ('object Single {\nval v = "md5"\n}\n---probe(Single.v)', '"md5" closed'),
    ("val g = { x: Boolean -> !x }\nprobe(g(true))", "false closed"),
    ('probe("md5".let { it })', '"md5" closed'),
    ('probe(run { "md5" })', '"md5" closed'),
    ("probe(name)", "name"),
]
CSHARP = [
    # literals
    ("probe(false);", "false closed"),
    ("probe(0xFFUL);", "255 closed"),
    ("probe(1.5m);", "1.5 closed"),
    ("probe('x');", '"x" closed'),
    ('probe(@"c:\\""q""");', '"c:\\\\\\"q\\"" closed'),
    ('var d = "d5"; probe($"m{d}");', '"md5" closed'),
    ('var d = "d5"; probe($@"m{d}");', '"md5" closed'),
    ('probe("""\n            md5\n            """);', '"md5" closed'),
    ('probe($"SELECT {name}");', "a computed value built"),
    ("probe(null);", "null closed"),
    ("probe(new byte[] { 1, 2 });", "[1, 2] closed"),
    ("byte[] b = { 1, 2 }; probe(b);", "[1, 2] closed"),
    ("byte[] b = [1, 2]; probe(b);", "[1, 2] closed"),
    ("probe(new byte[2]);", '"\\x00\\x00" closed'),
    # computed constants
    ("probe(!true);", "false closed"),
    ('probe("MD5".Length > 9);', "false closed"),
    ('probe(bool.Parse("False"));', "false closed"),
    ('probe(int.Parse("7"));', "7 closed"),
    ('probe(n > 1 ? "md5" : "md5");', '"md5" closed'),
    ('var s = n switch { 1 => "md5", _ => "md5" }; probe(s);', '"md5" closed'),
    ('string s; switch (n) { case 1: s = "md5"; break; default: s = "md5"; break; } probe(s);', '"md5" closed'),
    # string assembly
    ('probe("m" + "d" + 5);', '"md5" closed'),
    ('probe("MD5".ToLower());', '"md5" closed'),
    ('probe("xmd5y".Substring(1, 3));', '"md5" closed'),
    ('probe(string.Concat("m", "d5"));', '"md5" closed'),
    ('probe(string.Join("", new[] { "m", "d5" }));', '"md5" closed'),
    ('probe(string.Format("{0}{1}", "md", 5));', '"md5" closed'),
    ('probe(string.Format("SELECT {0}", name));', "a computed value built"),
    ('probe(Encoding.UTF8.GetString(Convert.FromBase64String("bWQ1")));', '"md5" closed'),
    ('var s = new StringBuilder(); s.Append("m").Append("d5"); probe(s.ToString());', '"md5" closed'),
    # containers
    ('var m = new Dictionary<string, string> { ["k"] = "md5" }; probe(m["k"]);', '"md5" closed'),
    ('var m = new Dictionary<string, string> { { "k", "md5" } }; probe(m["k"]);', '"md5" closed'),
    ('var m = new Dictionary<string, string>(); m["k"] = "md5"; probe(m["k"]);', '"md5" closed'),
    ('var m = new Dictionary<string, string>(); m.Add("k", "md5"); probe(m["k"]);', '"md5" closed'),
    ('var l = new List<string> { "a", "md5" }; probe(l[1]);', '"md5" closed'),
    ('var (a, b) = ("x", "md5"); probe(b);', '"md5" closed'),
    # members, classes, lambdas
    ('private const string Alg = "md5";---probe(Alg);', '"md5" closed'),
    ('private readonly string alg; A() { alg = "md5"; }---probe(alg);', '"md5" closed'),
    ('string Alg { get; set; } = "md5";---probe(Alg);', '"md5" closed'),
    ('string Alg => "md5";---probe(this.Alg);', '"md5" closed'),
    ('static string Id(string s) => s;---probe(A.Id("md5"));', '"md5" closed'),
    (
        'string Two(string a) { return Two(a, "5"); }\nstring Two(string a, string b) { return a + b; }---probe(Two("md"));',
        '"md5" closed',
    ),
    ('record P(int X, string Y);---probe(new P(1, "md5").Y);', '"md5" closed'),
    ('class P { public string Y { get; set; } }---probe(new P { Y = "md5" }.Y);', '"md5" closed'),
    ("Func<bool, bool> g = x => !x; probe(g(true));", "false closed"),
    ("Func<bool, bool> g = x => { return !x; }; probe(g.Invoke(true));", "false closed"),
    ("probe(name);", "name"),
    ("byte[] iv = new byte[2]; random.GetBytes(iv); probe(iv);", "a computed value"),
]


ROWS = {"java": JAVA, "kotlin": KOTLIN, "csharp": CSHARP}


@pytest.mark.parametrize(
    ("language", "code", "expected"), [(language, *row) for language, rows in ROWS.items() for row in rows]
)
def test_value(language, code, expected, watched):
    assert seen(language, code, watched) == expected


CALLEES = [
    ("java", "Danger.run(1);", "org.tool.Danger.run"),
    ("java", "run(1);", "org.tool.Danger.run"),
    ("java", "org.tool.Danger.run(1);", "org.tool.Danger.run"),
    ("java", "new Danger(1).go();", "org.tool.Danger().go"),
    ("java", "given.go();", "org.tool.Danger().go"),
    ("java", "Danger d = make(); d.go();", "org.tool.Danger().go"),
    ("java", "var d = new Danger(); d.go();", "org.tool.Danger().go"),
    ("java", "private Danger d;---d.go();", "org.tool.Danger().go"),
    ("java", "private Danger d;---this.d.go();", "org.tool.Danger().go"),
    ("java", "private final Danger d; A(Danger d) { this.d = d; }---d.go();", "org.tool.Danger().go"),
    ("java", "for (Danger d : all()) { d.go(); }", "org.tool.Danger().go"),
    ("java", "try (Danger d = make()) { d.go(); }", "org.tool.Danger().go"),
    ("java", "if (name instanceof Danger d) { d.go(); }", "org.tool.Danger().go"),
    ("java", "((Danger) name).go();", "org.tool.Danger().go"),
    ("java", "Danger x = n > 1 ? null : new Danger(); x.go();", "org.tool.Danger().go"),
    ("java", "new Danger() { void a() {} }.go();", "org.tool.Danger().go"),
    ("java", "class D extends Danger {}\nnew D().go();", "org.tool.Danger().go"),
    ("java", "Runnable r = () -> Danger.run(1); r.run();", "org.tool.Danger.run"),
    ("java", "java.util.function.Consumer<String> c = Danger::run; c.accept(name);", "org.tool.Danger.run"),
    ("java", 'Class.forName("org.tool.Dan" + "ger").getMethod("run", String.class).invoke(null, name);', "org.tool.Danger.run"),
    ("java", 'Danger.class.getMethod("go").invoke(given, name);', "org.tool.Danger().go"),
    ("java", 'Class<?> c = Class.forName("org.tool.Danger"); Object o = c.getDeclaredConstructor().newInstance(); c.getMethod("go").invoke(o);', "org.tool.Danger().go"),
    ("java", "new Random().nextInt();", "java.util.Random().nextInt"),
    ("java", "Random r = new Random(); r.nextInt();", "java.util.Random().nextInt"),
    ("kotlin", "Danger.run(1)", "org.tool.Danger.run"),
    ("kotlin", "Danger(1).go()", "org.tool.Danger().go"),
    ("kotlin", "given.go()", "org.tool.Danger().go"),
    ("kotlin", "val d: Danger = make()\nd.go()", "org.tool.Danger().go"),
    ("kotlin", "private lateinit var d: Danger\n---d.go()", "org.tool.Danger().go"),
    ("kotlin", "class B(private val d: Danger) {\nfun b() {\nd.go()\n}\n}\n---", "org.tool.Danger().go"),
    ("kotlin", "(name as Danger).go()", "org.tool.Danger().go"),
    ("kotlin", "given?.go()", "org.tool.Danger().go"),
    ("kotlin", "given!!.go()", "org.tool.Danger().go"),
    ("kotlin", "given.let { it.go() }", "org.tool.Danger().go"),
    ("kotlin", "given.apply { go() }", "org.tool.Danger().go"),
    ("kotlin", "with(given) { go() }", "org.tool.Danger().go"),
    ("kotlin", "object : Danger() {\nfun a() {}\n}.go()", "org.tool.Danger().go"),
    ("kotlin", "try {\nDanger.run(1)\n} catch (e: Exception) {\n}", "org.tool.Danger.run"),
    ("kotlin", "for (d in listOf(Danger())) {\nd.go()\n}", "org.tool.Danger().go"),
    ("kotlin", "listOf(1).forEach { Danger.run(it) }", "org.tool.Danger.run"),
    ("kotlin", "val f = Danger::run\nf(1)", "org.tool.Danger.run"),
    ("kotlin", 'Class.forName("org.tool.Dan" + "ger").getMethod("run").invoke(null, name)', "org.tool.Danger.run"),
    ("kotlin", 'Danger::class.java.getMethod("go").invoke(given)', "org.tool.Danger().go"),
    ("kotlin", "val r = Random()\nr.nextInt()", "java.util.Random().nextInt"),
    ("csharp", "D.Run(1);", "Org.Tool.Danger.Run"),
    ("csharp", "Danger.Run(1);", "Danger.Run"),
    ("csharp", "new Danger(1).Go();", "Danger().Go"),
    ("csharp", "given.Go();", "Danger().Go"),
    ("csharp", "Danger d = Make(); d.Go();", "Danger().Go"),
    ("csharp", "private readonly Danger _d;---_d.Go();", "Danger().Go"),
    ("csharp", "private readonly Danger _d; A(Danger d) { _d = d; }---_d.Go();", "Danger().Go"),
    ("csharp", "foreach (Danger d in All()) { d.Go(); }", "Danger().Go"),
    ("csharp", "using (var d = new Danger()) { d.Go(); }", "Danger().Go"),
    ("csharp", "using var d = new Danger(); d.Go();", "Danger().Go"),
    ("csharp", "if (name is Danger d) { d.Go(); }", "Danger().Go"),
    ("csharp", "((Danger)name).Go();", "Danger().Go"),
    ("csharp", "(name as Danger).Go();", "Danger().Go"),
    ("csharp", "given?.Go();", "Danger().Go"),
    ("csharp", "Action r = () => Danger.Run(1); r();", "Danger.Run"),
    ("csharp", "var f = Danger.Run; f(1);", "Danger.Run"),
    ("csharp", "foreach (var x in All()) { try { Danger.Run(x); } catch (Exception) { } }", "Danger.Run"),
    ("csharp", 'Type.GetType("Dan" + "ger").GetMethod("Run").Invoke(null, new object[] { name });', "Danger.Run"),
    ("csharp", 'typeof(Danger).GetMethod("Go").Invoke(given, null);', "Danger().Go"),
    ("csharp", 'dynamic d = Activator.CreateInstance(Type.GetType("Danger")); d.Go();', "Danger().Go"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "row", "callee"), CALLEES)
def test_callee(language, row, callee, watched):
    findings = inspect(code_of(language, row).encode(), NAMES[language], None, watched).report.findings
    assert callee in {finding.message for finding in findings}
