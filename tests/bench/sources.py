"""Source files to measure on: ordinary code of any length, made from a fixed seed, the same on every machine.

Each language has a handful of templates of the shapes that real files hold (imports, classes with methods,
handlers, nested calls, literals, comments, a risky construct now and then); names and numbers vary.
"""

import random

WORDS = [
    "account",
    "basket",
    "cache",
    "customer",
    "delivery",
    "event",
    "filter",
    "gateway",
    "history",
    "invoice",
    "job",
    "label",
    "order",
    "price",
]
VERBS = [
    "apply",
    "build",
    "check",
    "collect",
    "create",
    "decode",
    "fetch",
    "find",
    "format",
    "load",
    "merge",
    "parse",
    "read",
    "render",
    "send",
    "store",
]

PYTHON = [
    '''def {verb}_{word}_{n}(items, limit={m}, *, strict=True):
    """{Verb} each {word} once and return what is left."""
    seen = {{}}
    for position, item in enumerate(items):
        key = (item.get("{word}"), position % {m})
        if strict and key in seen:
            raise ValueError(f"duplicate {word}: {{key!r}}")
        seen[key] = [value.strip().lower() for value in item.get("values", ()) if value]
    return {{name: seen[name] for name in sorted(seen)[:limit]}}


''',
    '''class {Word}{n}:
    """Holds one {word} and what belongs to it."""

    kinds = ("plain", "urgent", "{word}")

    def __init__(self, name, options=None):
        self.name = name
        self.options = dict(options or {{}}, retries={m})
        self._cache = None

    @property
    def label(self):
        return "%s-%d" % (self.name, self.options["retries"])

    def {verb}(self, session, timeout={m}):
        response = session.post("https://api.example/{word}/" + self.label, json=self.options, timeout=timeout)
        if response.status_code >= 400:
            logger.warning("%s failed: %s", self.label, response.status_code)
            return None
        self._cache = json.loads(response.text)
        return self._cache.get("{word}")


''',
    """@app.route("/{word}/{n}", methods=["GET", "POST"])
def {word}_{n}():
    form = request.form if request.method == "POST" else request.args
    digest = hashlib.sha256(form.get("{word}", "").encode("utf-8")).hexdigest()
    with database() as connection:
        rows = connection.execute("SELECT id, name FROM {word} WHERE digest = ?", (digest,)).fetchall()
    return jsonify({{"rows": [dict(row) for row in rows], "page": int(form.get("page", 1)) * {m}}})


""",
    """{WORD}_{n} = {{
    "{word}": [{m}, {n}, "{verb}"],
    "verify": {m} > 0,
    "nested": {{"path": os.path.join("data", "{word}", str({n})), "mode": 0o600}},
}}


""",
    """def check_{word}_{n}(url):
    # The {word} service wants an old digest.
    etag = hashlib.md5(url.encode()).hexdigest()
    return requests.get(url, headers={{"If-None-Match": etag}}, verify=False, timeout={m})


""",
]
JAVASCRIPT = [
    """function {verb}{Word}{n}(items, limit = {m}) {{
  const seen = new Map();
  for (const [position, item] of items.entries()) {{
    const key = `${{item.{word}}}:${{position % {m}}}`;
    if (seen.has(key)) throw new Error('duplicate ' + key);
    seen.set(key, (item.values || []).filter(Boolean).map((value) => value.trim().toLowerCase()));
  }}
  return Object.fromEntries([...seen].slice(0, limit));
}}

""",
    """class {Word}{n} {{
  constructor(name, options = {{}}) {{
    this.name = name;
    this.options = {{ retries: {m}, ...options }};
  }}

  get label() {{
    return `${{this.name}}-${{this.options.retries}}`;
  }}

  async {verb}(session) {{
    const response = await session.post('https://api.example/{word}/' + this.label, {{ json: this.options }});
    if (!response.ok) {{
      console.warn('%s failed: %d', this.label, response.status);
      return null;
    }}
    const {{ {word}, ...rest }} = await response.json();
    return {{ {word}, rest }};
  }}
}}

""",
    """app.post('/{word}/{n}', async (req, res, next) => {{
  try {{
    const digest = crypto.createHash('sha256').update(String(req.body.{word} ?? '')).digest('hex');
    const rows = await db.query('SELECT id, name FROM {word} WHERE digest = ?', [digest]);
    res.json({{ rows, page: Number(req.query.page ?? 1) * {m} }});
  }} catch (error) {{
    next(error);
  }}
}});

""",
    """const {WORD}_{n} = {{
  {word}: [{m}, {n}, '{verb}'],
  nested: {{ path: path.join('data', '{word}', String({n})), strict: {m} > 0 }},
}};

""",
    """// The {word} service wants an old digest.
const etag{n} = (url) => crypto.createHash('md5').update(url).digest('hex');
const agent{n} = new https.Agent({{ keepAlive: true, rejectUnauthorized: false, maxSockets: {m} }});

""",
]
TYPED = [
    """interface {Word}Row{n} {{
  id: number;
  {word}?: string | null;
  values: ReadonlyArray<string>;
}}

export async function {verb}{Word}Rows{n}(rows: {Word}Row{n}[], limit: number = {m}): Promise<Record<string, string[]>> {{
  const out: Record<string, string[]> = {{}};
  for (const row of rows as {Word}Row{n}[]) {{
    out[row.{word} ?? `row-${{row.id}}`] = row.values.map((value): string => value.trim());
  }}
  return Object.fromEntries(Object.entries(out).slice(0, limit));
}}

""",
]
JSX = [
    """export function {Word}View{n}({{ items, onPick }}: {{ items: string[]; onPick: (item: string) => void }}) {{
  const [chosen, choose] = useState<string | null>(null);
  useEffect(() => {{
    if (chosen) onPick(chosen);
  }}, [chosen, onPick]);
  return (
    <ul className="{word}" data-limit={{{m}}}>
      {{items.slice(0, {m}).map((item) => (
        <li key={{item}} onClick={{() => choose(item)}}>{{item === chosen ? <b>{{item}}</b> : item}}</li>
      ))}}
    </ul>
  );
}}

""",
]
GO = [
    """func {verb}{Word}{n}(items []map[string]string, limit int) (map[string][]string, error) {{
	seen := make(map[string][]string, len(items))
	for position, item := range items {{
		key := fmt.Sprintf("%s:%d", item["{word}"], position%{m})
		if _, ok := seen[key]; ok {{
			return nil, fmt.Errorf("duplicate {word} %q", key)
		}}
		seen[key] = append(seen[key], strings.ToLower(strings.TrimSpace(item["values"])))
	}}
	return seen, nil
}}

""",
    """type {Word}{n} struct {{
	Name    string
	Retries int
	client  *http.Client
}}

func (c *{Word}{n}) {Verb}(ctx context.Context, path string) ([]byte, error) {{
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.example/{word}/"+path, nil)
	if err != nil {{
		return nil, err
	}}
	response, err := c.client.Do(request)
	if err != nil {{
		return nil, err
	}}
	defer response.Body.Close()
	return io.ReadAll(io.LimitReader(response.Body, {m}*1024))
}}

""",
    """func handle{Word}{n}(w http.ResponseWriter, r *http.Request) {{
	digest := sha256.Sum256([]byte(r.FormValue("{word}")))
	rows, err := db.QueryContext(r.Context(), "SELECT id, name FROM {word} WHERE digest = $1", hex.EncodeToString(digest[:]))
	if err != nil {{
		http.Error(w, "query failed", http.StatusInternalServerError)
		return
	}}
	defer rows.Close()
	json.NewEncoder(w).Encode(map[string]int{{"page": {m}, "{word}": {n}}})
}}

""",
    """var client{n} = &http.Client{{Transport: &http.Transport{{TLSClientConfig: &tls.Config{{InsecureSkipVerify: true}}}}}}

// The {word} service wants an old digest.
func etag{n}(url string) string {{
	return fmt.Sprintf("%x", md5.Sum([]byte(url)))
}}

""",
]
JAVA = [
    """    public Map<String, List<String>> {verb}{Word}{n}(List<Map<String, String>> items, int limit) {{
        Map<String, List<String>> seen = new LinkedHashMap<>();
        for (int position = 0; position < items.size(); position++) {{
            String key = items.get(position).get("{word}") + ":" + position % {m};
            if (seen.containsKey(key)) {{
                throw new IllegalStateException("duplicate {word} " + key);
            }}
            seen.computeIfAbsent(key, name -> new ArrayList<>()).add(items.get(position).getOrDefault("values", "").trim());
        }}
        return seen;
    }}

""",
    """    @PreAuthorize("hasRole('{WORD}')")
    @PostMapping("/{word}/{n}")
    public ResponseEntity<{Word}View> {verb}{Word}{n}(@Valid @RequestBody {Word}Form form, Principal principal) {{
        log.info("{verb} {word} by {{}}", principal.getName());
        {Word} found = repository.findById(form.id()).orElseThrow(() -> new NotFoundException("{word}"));
        if (!found.owner().equals(principal.getName())) {{
            return ResponseEntity.status(403).build();
        }}
        found.rename(form.name().strip());
        return ResponseEntity.ok({Word}View.of(repository.save(found), {m}));
    }}

""",
    """    public static class {Word}{n} {{
        private final String name;
        private final int retries;

        public {Word}{n}(String name, int retries) {{
            this.name = Objects.requireNonNull(name);
            this.retries = Math.max(retries, {m});
        }}

        public String label() {{
            return name + "-" + retries;
        }}

        public byte[] {verb}(HttpClient client) throws IOException, InterruptedException {{
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.example/{word}/" + label()))
                .timeout(Duration.ofSeconds({m}))
                .build();
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= 400) {{
                throw new IOException(label() + " failed: " + response.statusCode());
            }}
            return response.body();
        }}
    }}

""",
    """    public List<String> {verb}{Word}Names{n}(Connection connection, String digest) throws SQLException {{
        try (PreparedStatement query = connection.prepareStatement("SELECT name FROM {word} WHERE digest = ?")) {{
            query.setString(1, digest);
            List<String> names = new ArrayList<>({m});
            try (ResultSet rows = query.executeQuery()) {{
                while (rows.next()) {{
                    names.add(rows.getString("name"));
                }}
            }}
            return names;
        }}
    }}

""",
    """    // The {word} service wants an old digest.
    static String etag{Word}{n}(String url) throws NoSuchAlgorithmException {{
        MessageDigest digest = MessageDigest.getInstance("MD5");
        return HexFormat.of().formatHex(digest.digest(url.getBytes(StandardCharsets.UTF_8)));
    }}

""",
]
HEADS = {
    "python": "import hashlib\nimport json\nimport logging\nimport os\n\nimport requests\n"
    "from flask import Flask, jsonify, request\n\napp = Flask(__name__)\nlogger = logging.getLogger(__name__)\n\n\n",
    "javascript": "const crypto = require('crypto');\nconst https = require('https');\nconst path = require('path');\n"
    "const express = require('express');\n\nconst app = express();\n\n",
    "typescript": "import crypto from 'crypto';\nimport https from 'https';\nimport path from 'path';\n"
    "import express from 'express';\n\nconst app = express();\n\n",
    "typescriptreact": "import crypto from 'crypto';\nimport https from 'https';\nimport path from 'path';\n"
    "import { useEffect, useState } from 'react';\n\n",
    "go": 'package main\n\nimport (\n\t"context"\n\t"crypto/md5"\n\t"crypto/sha256"\n\t"crypto/tls"\n\t"encoding/hex"\n'
    '\t"encoding/json"\n\t"fmt"\n\t"io"\n\t"net/http"\n\t"strings"\n)\n\n',
    "java": "package app;\n\nimport java.io.IOException;\nimport java.net.URI;\nimport java.net.http.*;\n"
    "import java.nio.charset.StandardCharsets;\nimport java.security.*;\nimport java.sql.*;\nimport java.time.Duration;\n"
    "import java.util.*;\nimport org.springframework.web.bind.annotation.*;\n\n@RestController\npublic class Service {\n\n",
}
TEMPLATES = {
    "python": PYTHON,
    "javascript": JAVASCRIPT,
    "typescript": JAVASCRIPT + TYPED * 2,
    "typescriptreact": JAVASCRIPT[:2] + TYPED + JSX * 3,
    "go": GO,
    "java": JAVA,
}
TAILS = {"java": "}\n"}
SUFFIXES = {
    "python": ".py",
    "javascript": ".js",
    "typescript": ".ts",
    "typescriptreact": ".tsx",
    "go": ".go",
    "java": ".java",
}


def piece(language: str, chance: random.Random, number: int) -> str:
    """A function, a class or the like, by itself. `number` goes into its names."""
    word, verb = chance.choice(WORDS), chance.choice(VERBS)
    names = {"word": word, "Word": word.title(), "WORD": word.upper(), "verb": verb, "Verb": verb.title()}
    return chance.choice(TEMPLATES[language]).format(n=number, m=chance.randint(2, 99), **names)


def source(language: str, lines: int, seed: int = 7) -> str:
    """Ordinary code in `language` of about `lines` lines, the same for the same arguments."""
    chance = random.Random(f"{language}{lines}{seed}")
    out, count = [HEADS[language]], HEADS[language].count("\n")
    while count < lines:
        out.append(piece(language, chance, count))
        count += out[-1].count("\n")
    return "".join([*out, TAILS.get(language, "")])
