"""Letters of other scripts that common fonts draw exactly like a Latin letter, each with that letter.

After Unicode's confusables data (UTS 39), cut down to what a reader cannot tell apart: no accents, no letters that
mathematics writes beside Latin ones. Written as escapes, so that this file hides nothing itself.
"""

_CYRILLIC = dict(
    zip(
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u04cf\u0410"
        "\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405\u050c\u051a"
        "\u051c",
        "aeopcyxijshdqwlABEKMHOPCTYXIJSGQW",
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "\u03bf\u03f2\u03f3\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
        "ocjABEZHIKMNOPTYX",
        strict=True,
    )
)
_OTHERS = dict(
    zip(
        "\u0578\u057d\u0581\u0585\u0570\u1d00\u1d04\u1d0f\u1d20\u1d21\u1d22\u0251\u0261\u217c\u217d\u217e"
        "\u217f\ua4d0\ua4da\ua4d3\ua4f0\ua4d6\ua4e7\ua4e1\ua4df\ua4f3\ua4d1\ua4e2\ua4d4",
        "nugohacovwzaglcdmBCDEGHLMOPST",
        strict=True,
    )
)
LOOKALIKES = {**_CYRILLIC, **_GREEK, **_OTHERS}
