"""Imports that a fix needs: written once, as the file writes its own, where they belong; or the fix is refused."""

import pytest

from gifthorse.engine.bringing import bring
from gifthorse.engine.elements import Draft, Lines, Refused, Workplace
from gifthorse.engine.inspect import inspect
from gifthorse.engine.languages import language_of
from gifthorse.engine.ruletest import apply_fixes
from gifthorse.model.finding import Fix, FixKind

CASES = {
    "python: first, before code": ("a.py", "shlex", "x = 1\n", "import shlex\n\nx = 1\n"),
    "python: in an empty line's place": ("a.py", "shlex", "\n\nx = 1\n", "import shlex\n\n\nx = 1\n"),
    "python: behind the docstring": ("a.py", "shlex", '"""Doc.\n\nimport x\n"""\nx = 1\n', '"""Doc.\n\nimport x\n"""\n\nimport shlex\n\nx = 1\n'),
    "python: behind the docstring and its gap": ("a.py", "shlex", "'Doc.'\n\nx = 1\n", "'Doc.'\n\nimport shlex\n\nx = 1\n"),
    "python: behind the shebang": ("a.py", "shlex", "#!/usr/bin/env python3\n# coding: utf-8\nx = 1\n", "#!/usr/bin/env python3\n# coding: utf-8\n\nimport shlex\n\nx = 1\n"),
    "python: behind the licence": ("a.py", "shlex", "# Licence\n# more\n\n# about x\nx = 1\n", "# Licence\n# more\n\nimport shlex\n\n# about x\nx = 1\n"),
    "python: before a comment on the code": ("a.py", "shlex", "# about x\nx = 1\n", "import shlex\n\n# about x\nx = 1\n"),
    "python: behind the future": ("a.py", "shlex", "from __future__ import annotations\nx = 1\n", "from __future__ import annotations\n\nimport shlex\nx = 1\n"),
    "python: sorted": ("a.py", "shlex", "import os\nimport sys\n\nimport requests\n\nx = 1\n", "import os\nimport shlex\nimport sys\n\nimport requests\n\nx = 1\n"),
    "python: not sorted": ("a.py", "shlex", "import sys\nimport os\nx = 1\n", "import sys\nimport os\nimport shlex\nx = 1\n"),
    "python: before the other libraries": ("a.py", "shlex", "import requests\n\nx = 1\n", "import shlex\n\nimport requests\n\nx = 1\n"),
    "python: behind the standard library": ("a.py", "markupsafe:escape", "import os\n\nfrom . import y\n\nx = 1\n", "import os\n\nfrom markupsafe import escape\n\nfrom . import y\n\nx = 1\n"),
    "python: before names from modules": ("a.py", "shlex", "from os import path\nx = 1\n", "import shlex\nfrom os import path\nx = 1\n"),
    "python: behind a long one": ("a.py", "shlex", "from os import (\n    path,  # )\n    sep,\n)\nx = 1\n", "import shlex\nfrom os import (\n    path,  # )\n    sep,\n)\nx = 1\n"),
    "python: a name": ("a.py", "shlex:quote", "import os\nfrom re import sub\nx = 1\n", "import os\nfrom re import sub\nfrom shlex import quote\nx = 1\n"),
    "python: under another name": ("a.py", "secrets as safe", "import os\nx = 1\n", "import os\nimport secrets as safe\nx = 1\n"),
    "python: only the top counts": ("a.py", "shlex", "import os\nos.umask(0)\nimport sys\n", "import os\nimport shlex\nos.umask(0)\nimport sys\n"),
    "python: CRLF": ("a.py", "shlex", "import os\r\nx = 1\r\n", "import os\r\nimport shlex\r\nx = 1\r\n"),
    "python: no end of line": ("a.py", "shlex", "import os", "import os\nimport shlex"),
    "python: a byte order mark": ("a.py", "shlex", "\ufeffx = 1\n", "\ufeffimport shlex\n\nx = 1\n"),
    "python: not ASCII": ("a.py", "shlex", "# \u00e9\U0001f40e\nimport os  # \u00e9\nx = '\u00e9'\n", "# \u00e9\U0001f40e\nimport os  # \u00e9\nimport shlex\nx = '\u00e9'\n"),
    "python: there": ("a.py", "shlex", "import os, shlex\nx = 1\n", None),
    "python: a name that is there": ("a.py", "shlex:quote", "from shlex import split, quote\n", None),
    "python: there by a longer name": ("a.py", "os", "import os.path\n", None),
    "python: there in a function only": ("a.py", "shlex", "def f():\n    import shlex\n", "import shlex\n\ndef f():\n    import shlex\n"),
    "javascript: as it requires": ("a.js", "path", "'use strict';\n\nconst fs = require('fs');\nconst x = require('./x');\n", "'use strict';\n\nconst fs = require('fs');\nconst path = require('path');\nconst x = require('./x');\n"),
    "javascript: with node in front": ("a.js", "path", 'const fs = require("node:fs")\n\nf()\n', 'const fs = require("node:fs")\nconst path = require("node:path")\n\nf()\n'),
    "javascript: as it imports": ("a.js", "path", 'import fs from "fs"\nf()\n', 'import fs from "fs"\nimport * as path from "path"\nf()\n'),
    "javascript: a name": ("a.js", "crypto:randomUUID", "import fs from 'fs';\nf();\n", "import { randomUUID } from 'crypto';\nimport fs from 'fs';\nf();\n"),
    "javascript: a default": ("a.js", "dompurify as DOMPurify", "import fs from 'fs';\nf();\n", "import fs from 'fs';\nimport DOMPurify from 'dompurify';\nf();\n"),
    "javascript: first": ("a.js", "path", "#!/usr/bin/env node\n'use strict'\nf()\n", "#!/usr/bin/env node\n'use strict'\n\nconst path = require('path');\n\nf()\n"),
    "javascript: first, in a module": ("a.mjs", "path", "f();\n", 'import * as path from "path";\n\nf();\n'),
    "javascript: it exports": ("a.js", "path", "export const a = 1;\n", 'import * as path from "path";\n\nexport const a = 1;\n'),
    "javascript: there": ("a.js", "path", "const path = require('node:path')\n", None),
    "javascript: there by default": ("a.js", "path", "import path from 'path';\n", None),
    "javascript: a name that is there": ("a.js", "path:join", "const { join, sep } = require('path');\n", None),
    "javascript: a call over lines": ("a.js", "path", "require('x')\n  .y();\nf();\n", "const path = require('path');\n\nrequire('x')\n  .y();\nf();\n"),
    "typescript: first": ("a.ts", "path", "const a: string = 'x';\n", "import * as path from 'path';\n\nconst a: string = 'x';\n"),
    "go: in brackets": ("a.go", "html", 'package main\n\nimport (\n\t"fmt"\n\t"os"\n\n\t"github.com/x/y"\n)\n', 'package main\n\nimport (\n\t"fmt"\n\t"html"\n\t"os"\n\n\t"github.com/x/y"\n)\n'),
    "go: before libraries": ("a.go", "html", 'package main\n\nimport (\n\t"github.com/x/y"\n)\n', 'package main\n\nimport (\n\t"html"\n\n\t"github.com/x/y"\n)\n'),
    "go: one": ("a.go", "html", 'package main\n\nimport "fmt"\n\nfunc f() {}\n', 'package main\n\nimport "fmt"\nimport "html"\n\nfunc f() {}\n'),
    "go: first": ("a.go", "html", "//go:build linux\n\n// Package main.\npackage main\nfunc f() {}\n", '//go:build linux\n\n// Package main.\npackage main\n\nimport "html"\n\nfunc f() {}\n'),
    "go: under another name": ("a.go", "crypto/rand as crand", 'package main\n\nimport (\n\t"fmt"\n\t"math/rand"\n)\n', 'package main\n\nimport (\n\tcrand "crypto/rand"\n\t"fmt"\n\t"math/rand"\n)\n'),
    "go: there": ("a.go", "html", 'package main\n\nimport (\n\t"html"\n)\n', None),
    "java: sorted": ("A.java", "java.security.SecureRandom", "package a;\n\nimport java.io.File;\nimport java.util.List;\n\nclass A {}\n", "package a;\n\nimport java.io.File;\nimport java.security.SecureRandom;\nimport java.util.List;\n\nclass A {}\n"),
    "java: first": ("A.java", "java.util.List", "package a;\nclass A {}\n", "package a;\n\nimport java.util.List;\n\nclass A {}\n"),
    "java: no package": ("A.java", "java.util.List", "class A {}\n", "import java.util.List;\n\nclass A {}\n"),
    "java: with a star": ("A.java", "java.util.List", "import java.util.*;\nclass A {}\n", None),
    "java: static": ("A.java", "org.x.Y:z", "import java.util.List;\nclass A {}\n", "import java.util.List;\nimport static org.x.Y.z;\nclass A {}\n"),
    "kotlin": ("a.kt", "java.util.UUID", '@file:JvmName("A")\npackage a\n\nimport java.io.File\n\nfun f() {}\n', '@file:JvmName("A")\npackage a\n\nimport java.io.File\nimport java.util.UUID\n\nfun f() {}\n'),
    "kotlin: first": ("a.kt", "java.util.UUID", "package a\n\nfun f() {}\n", "package a\n\nimport java.util.UUID\n\nfun f() {}\n"),
    "csharp": ("a.cs", "System.Net", "using System;\nusing System.Text;\nusing X;\n\nnamespace A {}\n", "using System;\nusing System.Net;\nusing System.Text;\nusing X;\n\nnamespace A {}\n"),
    "csharp: in the namespace": ("a.cs", "System.Net", "namespace A\n{\n    using System.Net;\n}\n", None),
    "csharp: first": ("a.cs", "System.Net", "namespace A;\nclass B {}\n", "using System.Net;\n\nnamespace A;\nclass B {}\n"),
    "rust": ("a.rs", "std::process::Command", "//! Doc.\n#![allow(x)]\n\nuse std::fs;\n\nuse crate::b;\n\nfn f() {}\n", "//! Doc.\n#![allow(x)]\n\nuse std::fs;\nuse std::process::Command;\n\nuse crate::b;\n\nfn f() {}\n"),
    "rust: first": ("a.rs", "std::fs", "#![allow(x)]\nfn f() {}\n", "#![allow(x)]\n\nuse std::fs;\n\nfn f() {}\n"),
    "rust: in a group": ("a.rs", "std::process::Command", "use std::{fs, process::Command};\n", None),
    "php": ("a.php", "A\\B", "<?php\n\ndeclare(strict_types=1);\n\nnamespace X;\n\nuse A\\A;\nuse C\\D;\n", "<?php\n\ndeclare(strict_types=1);\n\nnamespace X;\n\nuse A\\A;\nuse A\\B;\nuse C\\D;\n"),
    "php: first": ("a.php", "A\\B", "<?php\nf();\n", "<?php\n\nuse A\\B;\n\nf();\n"),
    "php: behind the namespace": ("a.php", "A\\B", "<?php\nnamespace X;\nf();\n", "<?php\nnamespace X;\n\nuse A\\B;\n\nf();\n"),
    "ruby": ("a.rb", "shellwords", "# frozen_string_literal: true\n\nrequire 'json'\nrequire_relative 'x'\n", "# frozen_string_literal: true\n\nrequire 'json'\nrequire 'shellwords'\nrequire_relative 'x'\n"),
    "ruby: first": ("a.rb", "shellwords", "# frozen_string_literal: true\nputs 1\n", '# frozen_string_literal: true\n\nrequire "shellwords"\n\nputs 1\n'),
    "ruby: there": ("a.rb", "shellwords", "require 'shellwords'\n", None),
    "c": ("a.c", "string.h", '#include <stdio.h>\n#include "x.h"\n\nint f(void);\n', '#include <stdio.h>\n#include <string.h>\n#include "x.h"\n\nint f(void);\n'),
    "c: in its guard": ("a.h", "string.h", "#ifndef A_H\n#define A_H\n\nint f(void);\n#endif\n", "#ifndef A_H\n#define A_H\n\n#include <string.h>\n\nint f(void);\n#endif\n"),
    "c: there": ("a.h", "string.h", "#ifndef A_H\n#define A_H\n#include <string.h>\n#endif\n", None),
    "c: one of its own": ("a.c", '"y.h"', '#include <stdio.h>\n#include "x.h"\nint f(void);\n', '#include <stdio.h>\n#include "x.h"\n#include "y.h"\nint f(void);\n'),
    "swift": ("a.swift", "Foundation", "import UIKit\n\nlet a = 1\n", "import Foundation\nimport UIKit\n\nlet a = 1\n"),
    "swift: first": ("a.swift", "Foundation", "let a = 1\n", "import Foundation\n\nlet a = 1\n"),
}  # fmt: skip

REFUSED = {
    "another module of that name": ("a.go", "crypto/rand", 'package main\n\nimport "math/rand"\n'),
    "a variable": ("a.js", "path", "const path = req.query.path;\n"),
    "a parameter, though it is imported": ("a.js", "path", "const path = require('path');\nfunction f(path) { g(path); }\n"),
    "a loop's variable": ("a.py", "path", "for path in paths:\n    print(path)\n"),
    "another module": ("a.js", "path", "const path = require('./own');\n"),
    "a parameter": ("a.py", "secrets", "def f(secrets):\n    return secrets\n"),
    "a function": ("a.py", "markupsafe:escape", "def escape(x):\n    return x\n"),
    "another name from elsewhere": ("a.py", "markupsafe:escape", "from html import escape\n"),
    "a page before the code": ("a.php", "A\\B", "<p>\n<?php f(); ?>\n"),
    "a language without imports": ("a.sh", "x", "echo\n"),
}  # fmt: skip


def brought(path, wanted, text, shipped):
    """The text with the import, or the very text where it is there. Raises Refused."""
    content = text.encode()
    inspection = inspect(content, path, None, shipped)
    assert not inspection.report.incomplete
    evaluation = inspection.syntax.evaluation
    items = [(start, item.fact) for start, item in zip(evaluation.starts, evaluation.items, strict=True)]
    draft = Draft(Workplace(content, language_of(path, None, shipped), items, Lines(content), path))
    bring(draft, wanted)
    fixed = apply_fixes(content, [Fix("", FixKind.MECHANICAL, tuple(draft.edits))])
    assert not inspect(fixed, path, None, shipped).report.incomplete
    return fixed.decode()


@pytest.mark.parametrize("name", CASES)
def test_an_import_is_added_once_where_it_belongs(name, shipped):
    path, wanted, text, expected = CASES[name]
    once = brought(path, wanted, text, shipped)
    assert once == (text if expected is None else expected)
    assert brought(path, wanted, once, shipped) == once


@pytest.mark.parametrize("name", REFUSED)
def test_an_import_is_refused(name, shipped):
    path, wanted, text = REFUSED[name]
    with pytest.raises(Refused):
        brought(path, wanted, text, shipped)
