"""Which files steer assistants: prose that is obeyed, so that what nobody sees in it does as much as in code.

By their names alone: the rule files, instructions, skills, commands and prompts of the assistants that are about.
"""

import re
from typing import Final

_NAMES: Final = (
    r"(?:agents?|claude|gemini|qwen|warp|crush|skill|copilot-instructions|conventions|replit|jules)(?:\.\w+)?\.md"
    r"|llms(?:-\w+)?\.txt|[\w.-]*\bprompt\.(?:md|txt)|[\w-]*(?:system|agent|task)[_-]?(?:prompt|message)s?[\w-]*\.(?:md|txt)"
    r"|[\w.-]+\.(?:prompt|instructions|chatmode|agent)\.md"
)
_FOLDERS: Final = (
    r"\.(?:cursor|claude|claude-plugin|gemini|codex|windsurf|kiro|continue|roo|clinerules|opencode|junie|aiassistant|augment"
    r"|amazonq|trae|agents?|qwen|goose|devin|factory|kilocode|crush|cody|tabnine|bolt|rules)"
    r"|\.github[/\\](?:prompts|instructions|agents|chatmodes|skills)|prompts"
)
_STEERING: Final = re.compile(rf"(?i)(?:^|[/\\])(?:(?:{_NAMES})$|(?:{_FOLDERS})[/\\])")


def steers(path: str) -> bool:
    """Whether the file's name says that an assistant obeys what stands in it."""
    return _STEERING.search(path) is not None
