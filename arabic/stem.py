"""The stem of a word."""

RULES_VERSION = "0"


def stem(normal: str) -> str:
    """The stem of a normal form."""
    for prefix in ("وال", "بال", "كال", "فال", "لل", "ال"):
        if normal.startswith(prefix) and len(normal) - len(prefix) >= 3:
            normal = normal[len(prefix) :]
            break
    return normal[:-1] if len(normal) > 3 and normal.endswith("ه") else normal
