"""The few words by which people say what a formula is, in the languages of the notes they write.

Each constant is a part of a regular expression, to stand between word boundaries: English, German,
French, Spanish, Portuguese, Italian.  Chinese has no spaces, and its words stand on their own.
"""

from __future__ import annotations

__all__ = ["CLAIM", "CLAIM_IN_CHINESE", "CONDITION", "LET", "SUPPOSE", "THEN", "TO_ZERO"]

LET = (
    r"sei|seien|wobei|mit|setzen?|gegeben|soit|soient|posons|où|avec|sea|sean|donde|con|definimos"
    r"|seja|onde|sia|siano|dove|poniamo|funktion|fonction|función|função|funzione"
)
"""What introduces a definition."""
CONDITION = r"wenn|falls|für|fall|pour|lorsque|quand|si|para|cuando|caso|quando|per|cas"
"""What says when something holds."""
SUPPOSE = r"If|Si|Wenn|Falls|Se"
"""What begins a sentence that supposes something."""
THEN = r"dann|alors|entonces|allora|donc|luego|quindi|então"
"""What begins what is concluded from it."""
CLAIM = (
    r"somit|daher|folglich|es gilt|erh(?:alten|ält)(?: wir| man)?|donc|d'où|ainsi"
    r"|on (?:a|obtient|trouve)|por (?:lo )?tanto|luego|entonces|(?:ob)?tenemos|se (?:ob)?tiene"
    r"|portanto|temos|obtemos|quindi|dunque|otteniamo|abbiamo|liefert|ergibt"
)
"""What says that something is so."""
CLAIM_IN_CHINESE = r"(?:[则則故得]|所以|因此)[\s:,：，]*"
TO_ZERO = (
    r"null ?(?:setzen|gesetzt)|gleich (?:null|\$?0\$?)|(?:à|a) (?:zéro|cero|zero|\$?0\$?)"
    r"|vanish\w*|stationary"
)
"""What says that a derivative is to be 0."""
