"""What is known of an expression in C, C++, Rust and Swift: each row is code, and what `probe(...)` is handed.

Read through the one door of the engine, with rules that only report.
"""

import pytest

from gifthorse.engine.inspect import inspect
from gifthorse.model.finding import Confidence, Severity
from gifthorse.model.rule import Catalogue, Match, MatchKind, Rule
from gifthorse.store.catalogue import load_catalogue

NAMES = {"c": "a.c", "cpp": "a.cpp", "rust": "a.rs", "swift": "a.swift"}


def report_rule(name: str, predicate: str, message: str) -> Rule:
    """A rule that says what it sees of the first argument."""
    match = Match(MatchKind.CALL, tuple(NAMES), ("**probe",), {"0": (predicate,)})
    return Rule(name, "test", (1,), Severity.HIGH, Confidence.HIGH, name, message, "", "", (), (match,), ())


RULES = (
    report_rule("value", "present", "{value}"),
    report_rule("closed", "constant", ""),
    report_rule("built", "built", ""),
)


@pytest.fixture(scope="module")
def watched() -> Catalogue:
    return Catalogue({rule.id: rule for rule in RULES}, load_catalogue().languages, "native")


def seen(language: str, code: str, catalogue: Catalogue) -> str:
    """The value handed to `probe`, with `closed` or `built` where it is that."""
    report = inspect(code.encode(), NAMES[language], None, catalogue).report
    assert not report.incomplete
    shown = {finding.rule: finding.message for finding in report.findings}
    return " ".join([shown.get("value", "no call"), *(word for word in ("closed", "built") if word in shown)])


C = [
    ("#define X 0\nvoid f() { probe(X); }", "0 closed"),
    ("#define X (1 << 3)\nvoid f() { probe(X); }", "8 closed"),
    ('#define X "a" "b"\nvoid f() { probe(X); }', '"ab" closed'),
    ("#define NOT(x) !(x)\nvoid f() { probe(NOT(1)); }", "0 closed"),
    ("enum { A = 5 }; static const int B = A + 1;\nvoid f() { probe(B); }", "6 closed"),
    ("int off(int x) { return !x; }\nvoid f() { probe(off(1)); }", "0 closed"),
    ('char *off(void) { return "md" "5"; }\nvoid f() { char *p = off(); probe(p); }', '"md5" closed'),
    ("struct s { int a; };\nvoid f() { struct s x = { .a = 3 }; probe(x.a); }", "3 closed"),
    ("void f() { struct s x; x.a = 3; probe(x.a); }", "3 closed"),
    ("void f(struct s *p) { p->a = 3; probe(p->a); }", "3 closed"),
    ("void f() { int a[] = {1, 2, 0}; probe(a[2]); }", "0 closed"),
    ("void f() { char a[10]; probe(a); }", "a"),
    ('void f() { char a[] = "md5"; fill(a); probe(a); }', "a computed value"),
    ('void f() { char a[] = "md5"; printf("%s", a); probe(a); }', '"md5" closed'),
    ("static int off = 0; void f() { int (*fp)(int) = &g; probe(off ? 1 : 0); }", "0 closed"),
    ('void f() { const char *x = L"wide"; probe(x); }', '"wide" closed'),
    ("void f() { probe('a'); }", '"a" closed'),
    ("void f() { probe(0x1Ful); }", "31 closed"),
    ("void f(int a) { int x = 0; if (a) x = 1; else x = 0; probe(x); }", "a computed value closed"),
    ("void f(int a) { int x = 0; switch (a) { case 1: x = 0; break; default: x = 0; } probe(x); }", "0 closed"),
    ("void f(int a) { int x = 5; for (int i = 0; i < 3; i++) { x = 5; } probe(x); }", "5 closed"),
    ("#if A\n#define X 1\n#else\n#define X 0\n#endif\nvoid f() { probe(X); }", "a computed value closed"),
    ("#ifndef G\n#define G\n#define X 7\nvoid f() { probe(X); }\n#endif", "7 closed"),
    ("void f() { int a = 1, b = 2; probe(b); }", "2 closed"),
    ('void f() { char *const names[] = {"a", "b"}; probe(names[1]); }', '"b" closed'),
    ("void (*fp)(int) = probe; void f() { fp(3); }", "3 closed"),
    ("static void (*table[])(int) = { other, probe }; void f() { table[1](3); }", "3 closed"),
    ("struct ops { void (*run)(int); }; static struct ops o = { .run = probe }; void f() { o.run(4); }", "4 closed"),
    ("#define CALL probe\nvoid f() { CALL(4); }", "4 closed"),
    ("void f() { foo_t y = (foo_t){ .b = 1 }; probe(y.b); }", "1 closed"),
    ("void f() { struct foo y; init(&y); probe(y.b); }", "y.b"),
    ('void f() { FILE *p = popen(cmd, "r"); probe(p); }', "popen()"),
    ('void f() { char *x; x = "a"; probe(x); }', '"a" closed'),
    ('void f() { char buf[10]; strcpy(buf, "a"); probe(buf); }', '"a" closed'),
    ('void f() { char buf[10]; sprintf(buf, "a%s", "b"); probe(buf); }', '"ab" closed'),
    ('void f() { char buf[10]; snprintf(buf, sizeof buf, "select %s", name); probe(buf); }', "a computed value built"),
    ('void f() { char buf[99] = ""; strcat(buf, "a"); strcat(buf, "b"); probe(buf); }', '"ab" closed'),
    ("void f(int a) { if (a) goto out; probe(1); out: free(a); }", "1 closed"),
    ("int main(int argc, char **argv) { probe(argv[1]); }", "argv.1"),
    ('void f(void) { int a; scanf("%d", &a); probe(a); }', "a"),
    ('void f(void) { probe("\\x6d" "d5"); }', '"md5" closed'),
    ("void f(void) { probe(!!0 || 0); }", "0 closed"),
    ("void f(void) { probe(1 ? (a, 2) : 3); }", "2 closed"),
    ("#if A\n#define X 1\n#elif B\n#define X 1\n#else\n#define X 1\n#endif\nvoid f() { probe(X); }", "1 closed"),
    ("void f() { int x = 1;\n#ifdef A\n return;\n#endif\nprobe(x); }", "1 closed"),
    ("void f() { int x = 1;\n#ifdef A\n x = 0;\n#else\n x = 0;\n#endif\nprobe(x); }", "0 closed"),
]
CPP = [
    ('void f() { std::string s = "m" + std::string("d5"); probe(s); }', '"md5" closed'),
    ('void f() { std::string s("md5"); probe(s.c_str()); }', '"md5" closed'),
    ('void f() { std::string s{"md5"}; probe(s); }', '"md5" closed'),
    ('void f() { std::string s = R"x(m"d)x"; probe(s); }', '"m\\"d" closed'),
    ('void f() { std::string s = "m"; s += "d5"; probe(s); }', '"md5" closed'),
    ("void f() { auto g = [](bool x) { return !x; }; probe(g(true)); }", "false closed"),
    (
        "class C { bool v; public: C(bool x) : v(!x) {} bool get() const { return v; } };\nvoid f() { C c(true); probe(c.get()); }",
        "false closed",
    ),
    (
        "class C { public: bool v; C(bool x) { v = !x; } bool get() { return v; } };\nvoid f() { C *c = new C(true); probe(c->get()); }",
        "false closed",
    ),
    ("struct C { bool v = false; }; void f() { C c; probe(c.v); }", "false closed"),
    ("struct C { static constexpr bool v = false; }; void f() { probe(C::v); }", "false closed"),
    ("namespace n { const bool v = false; bool g() { return v; } } void f() { probe(n::g()); }", "false closed"),
    ("using namespace std; void f() { vector<int> v = {1, 0}; probe(v[1]); }", "0 closed"),
    ('void f() { std::vector<std::string> v{"a", "b"}; probe(v.at(1)); }', '"b" closed'),
    ("void f() { auto [a, b] = std::make_pair(1, 0); probe(b); }", "0 closed"),
    ("namespace fs = std::filesystem; void f() { fs::probe(1); }", "1 closed"),
    ("using P = int (*)(int); void f() { std::function<void(int)> g = probe; g(2); }", "2 closed"),
    ("void f() { probe(static_cast<int>(5)); }", "5 closed"),
    ("void f() { probe(nullptr); }", "nullptr closed"),
    ("enum class Color { Red = 1, Green = 2 }; void f() { probe(Color::Green); }", "2 closed"),
    ("class C { void run(); int k = 3; }; void C::run() { probe(k); }", "3 closed"),
    ("template <typename T> T id(T x) { return x; } void f() { probe(id<int>(4)); }", "4 closed"),
    ('void f() { std::map<std::string, int> m; m["k"] = 0; probe(m["k"]); }', "0 closed"),
    ("void f() { if (auto it = 1; it > 0) { probe(it); } }", "1 closed"),
    ("void f() { for (auto &x : std::vector<int>{1}) probe(x); }", "1 closed"),
    ("void f() { try { g(); } catch (const std::exception &e) { probe(1); } }", "1 closed"),
    ("struct O { int a; bool b; }; void f() { O o{.a = 1, .b = false}; probe(o.b); }", "false closed"),
    ("class B { protected: bool off = false; }; class D : public B { void run() { probe(off); } };", "false closed"),
    ("void f() { std::unique_ptr<C> p(new C()); p->probe(1); }", "1 closed"),
    ("int f(int a, int b = 7) { return b; } void g() { probe(f(1)); }", "7 closed"),
    ('void f() { std::string q = "SELECT " + name; probe(q); }', "a computed value built"),
    ('void f() { probe(std::string("a") + std::to_string(5)); }', '"a5" closed'),
    ("void f() { auto b = std::bind(probe, 3); b(); }", "3 closed"),
    ("void f() { bool x = not true; probe(x); }", "false closed"),
    ('void f() { probe(u8"x" "y"s); }', '"xy" closed'),
    (
        "class C { public: bool v; C(bool x) { v = !x; } bool get() { return v; } };\nvoid f() { C c(true); probe(c.v); }",
        "false closed",
    ),
    (
        "class C { public: bool v; C(bool x) { this->v = !x; } bool get() { return this->v; } };\nvoid f() { C c(true); probe(c.get()); }",
        "false closed",
    ),
    ("void f() { std::function<void(int)> g = probe; g(2); }", "2 closed"),
    ("class C { void run(); static const int k = 3; }; void C::run() { probe(k); }", "3 closed"),
    ("void f() { foo_t y = (foo_t){ .b = 1 }; probe(y.b); }", "1 closed"),
    ("void f() { probe(static_cast<int>(5)); probe2(int(x)); }", "5 closed"),
    ("void f() { auto &x = probe; x(3); }", "3 closed"),
    ("void f() { int y = 3; const int &x = y; probe(x); }", "3 closed"),
    ("void f() { auto x{3}; probe(x); }", "3 closed"),
    ("void f() { const bool x(true); probe(x); }", "true closed"),
    ("void f() { auto x = [held = 3] { return held; }; probe(x()); }", "3 closed"),
    ("void f() { auto x = [](auto... rest) { return probe(rest...); }; x(3); }", "3 closed"),
    ("struct A { auto operator()() const { return 3; } };\nvoid f() { probe(A()()); }", "3 closed"),
    ("void f() { probe(std::optional(3).value_or(3)); }", "3 closed"),
    ("void f() { auto x = std::make_pair(9, 3); probe(x.second); }", "3 closed"),
    (
        'struct A { const char *held; A(const char *given) : held(given) {} };\nvoid f() { probe(A("a").held); }',
        '"a" closed',
    ),
    ('void f() { std::string x("a"); x.append("b"); probe(x.c_str()); }', '"ab" closed'),
]
RUST = [
    ('fn f() { let s = "md5"; probe(s); }', '"md5" closed'),
    ('fn f() { let s = format!("m{}", "d5"); probe(&s); }', '"md5" closed'),
    ('fn f() { let x = "d5"; let s = format!("m{x}"); probe(&s); }', '"md5" closed'),
    ('fn f() { let s = format!("SELECT {}", name); probe(&s); }', "a computed value built"),
    ('fn f() { let s = format!("SELECT {name}"); probe(s.as_str()); }', "a computed value built"),
    ('fn f() { let s = "m".to_string() + "d5"; probe(s); }', '"md5" closed'),
    ('fn f() { let mut s = String::from("m"); s += "d5"; probe(s); }', '"md5" closed'),
    ('fn f() { let mut s = String::new(); s.push_str("m"); s.push_str("d5"); probe(&s); }', '"md5" closed'),
    ('fn f() { probe(["m", "d5"].concat()); }', '"md5" closed'),
    ('fn f() { probe(vec!["m", "d5"].join("")); }', '"md5" closed'),
    ('fn f() { probe(concat!("m", "d5")); }', '"md5" closed'),
    ('fn f() { probe(r#"m"d"#); }', '"m\\"d" closed'),
    ('fn f() { probe(b"md5"); }', '"md5" closed'),
    ('fn f() { probe(br"md5"); }', '"md5" closed'),
    ("fn f() { probe('c'); }", '"c" closed'),
    ("fn f() { probe(0xFFu8); }", "255 closed"),
    ("fn f() { probe(1_000u32); }", "1000 closed"),
    ("fn f() { probe(!true); }", "false closed"),
    ("const X: bool = !true; fn f() { probe(X); }", "false closed"),
    ('static Y: &str = "a"; fn f() { probe(Y); }', '"a" closed'),
    ("mod inner { pub const X: bool = false; pub fn g() -> bool { X } } fn f() { probe(inner::g()); }", "false closed"),
    ("struct S { a: bool, b: i32 } fn f() { let s = S { a: false, b: 1 }; probe(s.a); }", "false closed"),
    (
        "struct S { a: bool } impl S { fn new(a: bool) -> Self { Self { a } } fn get(&self) -> bool { self.a } } fn f() { let s = S::new(false); probe(s.get()); }",
        "false closed",
    ),
    (
        "struct S { a: bool } impl S { fn new(a: bool) -> S { S { a: !a } } } impl S { fn get(&self) -> bool { self.a } } fn f() { probe(S::new(true).get()); }",
        "false closed",
    ),
    ("fn f() { let g = |x: bool| !x; probe(g(true)); }", "false closed"),
    ("fn off(x: bool) -> bool { !x } fn f() { probe(off(true)); }", "false closed"),
    ("fn off(x: bool) -> bool { return !x; } fn f() { let h = off; probe(h(true)); }", "false closed"),
    ("fn f() { let x = if true { false } else { false }; probe(x); }", "false closed"),
    ("fn f() { let x = match y { 1 => false, _ => false }; probe(x); }", "false closed"),
    ("fn f(o: Option<bool>) { if let Some(x) = Some(false) { probe(x); } }", "false closed"),
    ('fn f() { match Some("a") { Some(x) => probe(x), None => {} } }', '"a" closed'),
    ("fn f() { let (a, b) = (true, false); probe(b); }", "false closed"),
    ("fn f() { let S { a, b: c } = S { a: true, b: false }; probe(c); }", "false closed"),
    ("fn f() { let v = vec![1, 2, 0]; probe(v[2]); }", "0 closed"),
    ('fn f() { let mut m = HashMap::new(); m.insert("k", false); probe(m["k"]); }', "false closed"),
    (
        'use std::collections::HashMap; fn f() { let mut m = HashMap::new(); m.insert("k", false); probe(m.get("k").unwrap()); }',
        "false closed",
    ),
    ("fn f() { let x: Result<bool, E> = Ok(false); probe(x?); }", "false closed"),
    ('fn f() { probe("MD5".to_lowercase()); }', '"md5" closed'),
    ('fn f() { probe("5dm".chars().rev().collect::<String>()); }', '"md5" closed'),
    ("fn f() { probe([1].iter().map(|x| x + 1).collect::<Vec<_>>()[0]); }", "2 closed"),
    ("fn f() { let t = (1, false); probe(t.1); }", "false closed"),
    ("fn f() { probe(String::from_utf8(vec![109, 100, 53]).unwrap()); }", '"md5" closed'),
    ("fn f() { let p: fn(i32) = probe; p(1); }", "1 closed"),
    ("fn f() { let x = [0u8; 16]; probe(x); }", "[0] closed"),
    ("fn f() { let mut x = [0u8; 16]; rng.fill_bytes(&mut x); probe(x); }", "a computed value"),
    (
        "trait T { fn d(&self) -> bool { false } } impl T for S { fn e(&self) -> bool { false } } fn f(s: S) { probe(s.e()); }",
        "false closed",
    ),
    ("enum E { A = 5 } fn f() { probe(E::A); }", "5 closed"),
    ("fn f() { loop { probe(1); break; } }", "1 closed"),
    ("fn f() { for x in [false] { probe(x); } }", "false closed"),
    ("type Al = S; fn f() { let x = unsafe { false }; probe(x); }", "false closed"),
    ("fn f() { let Some(x) = Some(false) else { return; }; probe(x); }", "false closed"),
]
SWIFT = [
    ('func f() { let s = "md5"; probe(s) }', '"md5" closed'),
    ('let x = "d5"; probe("m\\(x)")', '"md5" closed'),
    ('func f() { let s = "m" + "d5"; probe(s) }', '"md5" closed'),
    ('func f() { probe("SELECT \\(name)") }', "a computed value built"),
    ('func f() { probe(#"m\\n"#) }', '"m\\\\n" closed'),
    ('func f() { let s = """\n  md5\n  """\n  probe(s) }', '"md5" closed'),
    ('func f() { var s = "m"; s += "d5"; probe(s) }', '"md5" closed'),
    ('func f() { probe(["m", "d5"].joined()) }', '"md5" closed'),
    ("func f() { probe(String(5)) }", '"5" closed'),
    ("func f() { probe(!true) }", "false closed"),
    ("func off(_ x: Bool) -> Bool { return !x }\nfunc f() { probe(off(true)) }", "false closed"),
    ("func off(value x: Bool) -> Bool { !x }\nfunc f() { probe(off(value: true)) }", "false closed"),
    (
        "class C {\n  var v: Bool\n  init(_ x: Bool) { self.v = !x }\n  func get() -> Bool { return v }\n}\nfunc f() { let c = C(true); probe(c.get()) }",
        "false closed",
    ),
    ("struct S {\n  static let v = false\n}\nfunc f() { probe(S.v) }", "false closed"),
    (
        "struct S {\n  var v = false\n}\nextension S {\n  func get() -> Bool { v }\n}\nfunc f() { let s = S(); probe(s.get()) }",
        "false closed",
    ),
    ("func f() { let c = { (x: Bool) -> Bool in !x }; probe(c(true)) }", "false closed"),
    ("func f() { let c = { !$0 }; probe(c(true)) }", "false closed"),
    ("func f() { let x = true ? false : false; probe(x) }", "false closed"),
    ('func f() { let d = ["k": false]; probe(d["k"]!) }', "false closed"),
    ('func f() { var d = [String: Bool]()\n  d["k"] = false\n  probe(d["k"]) }', "false closed"),
    ("func f() { let a = [1, 0]; probe(a[1]) }", "0 closed"),
    ("func f() { let (a, b) = (true, false); probe(b) }", "false closed"),
    ("func f() { if let x = Optional.some(false) { probe(x) } }", "false closed"),
    ("func f() { guard let x = Optional.some(false), y > 1 else { return }\n  probe(x) }", "false closed"),
    ("func f() { switch y {\n  case 1: probe(1)\n  default: break\n  } }", "1 closed"),
    ("func f() { for x in [false] { probe(x) } }", "false closed"),
    ("func f() { probe([1].map { $0 + 1 }[0]) }", "2 closed"),
    ('enum E: String { case a = "x" }\nfunc f() { probe(E.a.rawValue) }', '"x" closed'),
    ("func f() { let t = (1, false); probe(t.1) }", "false closed"),
    ("func f() { let x = a ?? b; probe(nil) }", "null closed"),
    ("func f() { probe(0xFF) }", "255 closed"),
    ("func f() { let g = probe\n  g(1) }", "1 closed"),
    ("func f() { do { try g() } catch { probe(1) } }", "1 closed"),
    ("func f() { x.y.probe(try! g()) }", "g()"),
    ("func f(x: Int) { if x > 1 { g() } else { probe(2) } }", "2 closed"),
    ('func f(name: String) { probe("select " + name) }', "a computed value built"),
]


ROWS = {"c": C, "cpp": CPP, "rust": RUST, "swift": SWIFT}


@pytest.mark.parametrize(
    ("language", "code", "expected"), [(language, *row) for language, rows in ROWS.items() for row in rows]
)
def test_value(language, code, expected, watched):
    assert seen(language, code, watched) == expected
