"""What the rules of other tools are about, in families of ours. An id that is not here is not known."""

from typing import Final

_BANDIT: Final = {
    101: "assertions", 102: "code-injection", 103: "file-permissions", 104: "exposure", 105: "secrets", 106: "secrets",
    107: "secrets", 108: "temporary-files", 110: "swallowed-errors", 112: "swallowed-errors", 113: "resource-limits",
    201: "debugging", 202: "path-traversal", 301: "deserialization", 302: "deserialization", 303: "weak-hash",
    304: "weak-cipher", 305: "weak-cipher", 306: "temporary-files", 307: "code-injection", 308: "cross-site-scripting",
    310: "request-forgery", 311: "weak-randomness", 312: "cleartext", 313: "xml-external-entities",
    314: "xml-external-entities", 315: "xml-external-entities", 316: "xml-external-entities",
    317: "xml-external-entities", 318: "xml-external-entities", 319: "xml-external-entities",
    320: "xml-external-entities", 321: "cleartext", 323: "tls", 324: "weak-hash", 501: "tls", 502: "tls", 503: "tls",
    504: "tls", 505: "weak-key", 506: "deserialization", 507: "host-keys", 508: "cleartext", 509: "weak-cipher",
    601: "command-injection", 602: "command-injection", 603: "command-injection", 604: "command-injection",
    605: "command-injection", 606: "command-injection", 607: "command-injection", 608: "sql-injection",
    609: "command-injection", 610: "sql-injection", 611: "sql-injection", 612: "code-injection", 613: "deserialization",
    614: "deserialization", 615: "remote-execution", 701: "cross-site-scripting", 702: "cross-site-scripting",
    703: "cross-site-scripting", 704: "cross-site-scripting",
}  # fmt: skip
_GOSEC: Final = {
    101: "secrets", 102: "exposure", 103: "unsafe-code", 104: "swallowed-errors", 106: "host-keys",
    107: "request-forgery", 108: "debugging", 109: "integers", 110: "resource-limits", 111: "path-traversal",
    112: "resource-limits", 114: "resource-limits", 115: "integers", 201: "sql-injection", 202: "sql-injection",
    203: "cross-site-scripting", 204: "command-injection", 301: "file-permissions", 302: "file-permissions",
    303: "temporary-files", 304: "path-traversal", 305: "path-traversal", 306: "file-permissions",
    401: "weak-hash", 402: "tls", 403: "weak-key", 404: "weak-randomness", 405: "weak-cipher", 406: "weak-hash",
    407: "weak-cipher", 501: "weak-hash", 502: "weak-cipher", 503: "weak-cipher", 505: "weak-hash",
}  # fmt: skip
_WORDS: Final = {
    "eslint": {
        "no-eval": "code-injection", "no-implied-eval": "code-injection", "no-new-func": "code-injection",
        "no-script-url": "cross-site-scripting", "security/detect-eval-with-expression": "code-injection",
        "security/detect-child-process": "command-injection", "security/detect-unsafe-regex": "regular-expressions",
        "security/detect-non-literal-regexp": "regular-expressions", "security/detect-buffer-noassert": "buffers",
        "security/detect-non-literal-fs-filename": "path-traversal", "security/detect-object-injection": "prototype-pollution",
        "security/detect-non-literal-require": "code-injection", "security/detect-pseudoRandomBytes": "weak-randomness",
        "security/detect-possible-timing-attacks": "timing", "security/detect-no-csrf-before-method-override": "csrf",
        "security/detect-disable-mustache-escape": "cross-site-scripting", "security/detect-new-buffer": "buffers",
        "security/detect-bidi-characters": "hidden-text", "react/no-danger": "cross-site-scripting",
        "no-unsanitized/property": "cross-site-scripting", "no-unsanitized/method": "cross-site-scripting",
        "vue/no-v-html": "cross-site-scripting", "no-secrets/no-secrets": "secrets",
    },
    "clang-tidy": {
        "cert-env33-c": "command-injection", "cert-msc30-c": "weak-randomness", "cert-msc50-cpp": "weak-randomness",
        "cert-msc32-c": "weak-randomness", "cert-msc51-cpp": "weak-randomness", "cert-err33-c": "swallowed-errors",
        "cert-err34-c": "integers", "cert-str34-c": "integers", "cert-fio38-c": "buffers",
        "concurrency-mt-unsafe": "races", "bugprone-not-null-terminated-result": "buffers",
        "bugprone-use-after-move": "lifetimes", "bugprone-dangling-handle": "lifetimes",
        "bugprone-empty-catch": "swallowed-errors", "bugprone-unsafe-functions": "buffers",
        "clang-analyzer-cplusplus.newdelete": "lifetimes", "clang-analyzer-unix.malloc": "lifetimes",
        "clang-analyzer-security.insecureapi.strcpy": "buffers", "clang-analyzer-security.insecureapi.gets": "buffers",
        "clang-analyzer-security.insecureapi.vfork": "races", "clang-analyzer-security.insecureapi.mktemp": "temporary-files",
        "clang-analyzer-security.insecureapi.mkstemp": "temporary-files",
        "clang-analyzer-security.insecureapi.rand": "weak-randomness",
        "clang-analyzer-security.insecureapi.uncheckedreturn": "privileges",
        "clang-analyzer-security.insecureapi.deprecatedorunsafebufferhandling": "buffers",
    },
    "hadolint": {
        "dl3002": "containers", "dl3004": "containers", "dl3006": "images", "dl3007": "images", "dl3008": "supply-chain",
        "dl3013": "supply-chain", "dl3016": "supply-chain", "dl3018": "supply-chain", "dl3020": "images",
        "dl3026": "images", "dl3028": "supply-chain", "dl4006": "swallowed-errors",
    },
    "shellcheck": {
        "sc2086": "command-injection", "sc2046": "command-injection", "sc2294": "command-injection",
        "sc2024": "privileges", "sc2115": "path-traversal", "sc2174": "file-permissions",
    },
    "zizmor": {
        "template-injection": "workflows", "unpinned-uses": "workflows", "dangerous-triggers": "workflows",
        "excessive-permissions": "workflows", "artipacked": "workflows", "overprovisioned-secrets": "workflows",
        "secrets-inherit": "workflows", "hardcoded-container-credentials": "secrets", "unpinned-images": "images",
        "self-hosted-runner": "workflows", "cache-poisoning": "workflows", "github-env": "workflows",
    },
    "annotation": {
        "sql_injection_jdbc": "sql-injection", "sql_injection_jpa": "sql-injection", "sql_injection_hibernate": "sql-injection",
        "sql_injection_spring_jdbc": "sql-injection", "sql_nonconstant_string_passed_to_execute": "sql-injection",
        "command_injection": "command-injection", "path_traversal_in": "path-traversal",
        "path_traversal_out": "path-traversal", "predictable_random": "weak-randomness",
        "weak_message_digest_md5": "weak-hash", "weak_message_digest_sha1": "weak-hash", "weak_trust_manager": "tls",
        "weak_hostname_verifier": "tls", "object_deserialization": "deserialization", "xxe_documentbuilder": "xml-external-entities",
        "xxe_saxparser": "xml-external-entities", "urlconnection_ssrf_fd": "request-forgery", "hard_code_password": "secrets",
        "hard_code_key": "secrets", "unvalidated_redirect": "open-redirect", "ca2100": "sql-injection",
        "ca3001": "sql-injection", "ca3002": "cross-site-scripting", "ca3003": "path-traversal", "ca3006": "command-injection",
        "ca3007": "open-redirect", "ca3075": "xml-external-entities", "ca2300": "deserialization", "ca2326": "deserialization",
        "ca5350": "weak-cipher", "ca5351": "weak-cipher", "ca5359": "tls", "ca5364": "tls", "ca5386": "tls",
        "ca5394": "weak-randomness", "ca5397": "tls", "scs0002": "sql-injection", "scs0001": "command-injection",
        "scs0005": "weak-randomness", "scs0006": "weak-hash", "scs0018": "path-traversal", "scs0004": "tls",
        "java:s2077": "sql-injection", "java:s4790": "weak-hash", "java:s2245": "weak-randomness",
        "java:s2076": "command-injection", "java:s5542": "weak-cipher", "java:s4830": "tls",
    },
    "detect-secrets": {"secret": "secrets"},
    "gitleaks": {"gitleaks:allow": "secrets"},
}  # fmt: skip
_WORDS["pragma"] = _WORDS["annotation"]


def about(tool: str, name: str) -> tuple[str, ...] | None:
    """The families that a tool's rule is about; None where that is not known."""
    word = name.lower()
    if tool in {"bandit", "ruff"}:
        number = word[1:]
        numbered = word[:1] == ("b" if tool == "bandit" else "s") and number.isdigit()
        return _one(_BANDIT.get(int(number)) if numbered else None)
    if tool == "gosec":
        return _one(_GOSEC.get(int(word[1:])) if word[1:].isdigit() else None)
    return _one(_WORDS.get(tool, {}).get(word))


def _one(family: str | None) -> tuple[str, ...] | None:
    return None if family is None else (family,)
